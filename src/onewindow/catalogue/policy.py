"""Which rules bind the services of a hall."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.setting import setting
from onewindow.catalogue.states import GUIDE


@dataclass(frozen=True)
class RuleSet:
    """What the law lays down for the hall's services; a template begins with its own."""

    title: ClassVar = _("What the law lays down")
    icon: ClassVar = "scale"
    page: ClassVar = "law-rules"

    statutory_limits: bool = setting(
        True,
        _("The law says how long a service may take at most"),
        _("The guides of services then have a line for that limit, beside the one promised."),
    )


def guide_parts(rules: RuleSet) -> Mapping[str, Promise]:
    """Return what a service says of itself, with the words above each part."""
    if rules.statutory_limits:
        return GUIDE
    return {name: words for name, words in GUIDE.items() if name != "statutory_limit"}
