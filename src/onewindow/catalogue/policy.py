"""Which rules bind the services of a hall."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from onewindow.catalogue.states import GUIDE


@dataclass(frozen=True)
class RuleSet:
    """What the law lays down for the hall's services; a template begins with its own."""

    statutory_limits: bool = True  # the law says how long a service may take at most


def guide_parts(rules: RuleSet) -> Mapping[str, Promise]:
    """Return what a service says of itself, with the words above each part."""
    if rules.statutory_limits:
        return GUIDE
    return {name: words for name, words in GUIDE.items() if name != "statutory_limit"}
