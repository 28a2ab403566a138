"""The recorded words as files: outside every folder that is served, read by the hall's own."""

from pathlib import Path

from django.conf import settings
from django.http import HttpResponse

from onewindow.base.halls.models import Hall
from onewindow.base.web.refused import NotFound
from onewindow.voice.models import Clip

MIME = {"wav": "audio/wav", "ogg": "audio/ogg", "webm": "audio/webm", "mp3": "audio/mpeg"}
A_YEAR = 31_536_000


def place(clip: Clip) -> Path:
    """Return where a clip lies on the disk."""
    return Path(settings.MEDIA_ROOT) / clip.path


def clip_file(hall: Hall, digest: str) -> HttpResponse:
    """Answer with a clip of this hall, to be kept. Raise NotFound."""
    found = Clip.objects.filter(hall=hall, digest=digest[:64]).first()
    if found is None or not place(found).is_file():
        raise NotFound
    answer = HttpResponse(place(found).read_bytes(), content_type=MIME[found.kind])
    answer["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    return answer
