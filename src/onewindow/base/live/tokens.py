"""The signed, short-lived list of topics that a page carries to the stream."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core import signing
from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.models import Hall
from onewindow.base.live.hub import stamp
from onewindow.base.web.refused import Refused

SALT = "onewindow.live"
LIVES_SECONDS = 600
RENEW_SECONDS = 480


class ListRefused(Refused):
    """The list of topics is forged, too old or of another hall."""

    sentence = _("This page is too old to stay live. Load it again.")
    status = 403


@dataclass(frozen=True)
class Wishes:
    """What a page listens to, and when it was made (in milliseconds)."""

    hall: int
    slug: str
    topics: tuple[str, ...]
    made: int


def sign(hall: Hall, topics: Iterable[str]) -> str:
    """Sign the topics of a page."""
    value = [hall.pk, hall.slug, " ".join(sorted(set(topics))), stamp()]
    return signing.dumps(value, salt=SALT, compress=True)


def read(token: str, slug: str) -> Wishes:
    """Read a page's list. Raise ListRefused when it is not a good one for this hall."""
    try:
        hall, hall_slug, topics, made = signing.loads(token, salt=SALT, max_age=LIVES_SECONDS)
    except signing.BadSignature as error:
        raise ListRefused from error
    if hall_slug != slug:
        raise ListRefused
    return Wishes(hall, hall_slug, tuple(topics.split()), made)
