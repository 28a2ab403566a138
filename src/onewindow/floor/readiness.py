"""What people said of setting the hall up that no row can tell."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core import signing

from onewindow.base.halls.models import Hall

SALT = "a phone reaches the hall"
AN_HOUR = 3600


@dataclass(frozen=True)
class Readiness:
    """``skipped``: a step by its name, and why it is not needed; ``reached``: the public address
    at which a phone was, which counts for as long as that is the address."""

    skipped: Mapping[str, str] = field(default_factory=dict)
    reached: str = ""


def code_for(hall: Hall) -> str:
    """Return what the code on the set-up's page carries, so that only its reader may say so."""
    return signing.dumps(hall.slug, salt=SALT, compress=False)


def is_code(hall: Hall, code: str) -> bool:
    """Say whether a phone read the code of this hall, not long ago."""
    try:
        return bool(signing.loads(code, salt=SALT, max_age=AN_HOUR) == hall.slug)
    except signing.BadSignature:
        return False
