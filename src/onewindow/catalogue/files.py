"""Blank forms and samples as files: by their hash, outside every folder that is served."""

from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from onewindow.base.web.refused import NotFound
from onewindow.catalogue.models import Form

A_YEAR = 31_536_000
FRAMED_BY_US = "frame-ancestors 'self'"  # it is no page: more would only stop a browser's reader


def place(form: Form) -> Path:
    """Return where a form lies on the disk."""
    return Path(settings.MEDIA_ROOT) / "forms" / f"{form.digest}.{form.media}"


def keep(form: Form) -> None:
    """Put what was brought on the disk, whole or not at all. What is there already stays."""
    path = place(form)
    if path.is_file():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{id(form)}.part")
    draft.write_bytes(form.content)
    draft.replace(path)


def answer(form: Form) -> HttpResponse:
    """Answer with a form, to be looked at and kept: its address changes with it. Raise NotFound."""
    path = place(form)
    if not path.is_file():
        raise NotFound
    name = f"{form.material} - {form.get_kind_display()}.{form.media}"
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=False, filename=name),
        "Cache-Control": f"public, max-age={A_YEAR}, immutable",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": FRAMED_BY_US,
    }
    return HttpResponse(path.read_bytes(), content_type=form.mime, headers=headers)
