"""What can be printed: a name, and who draws it.

A room registers its papers in ``ready()`` of its ``apps.py``::

    papers.register("ticket", "onewindow.tickets.slip_drawn.draw")

The path is loaded by the worker when it prints, because drawing needs libraries that the web
process does without. The function takes the job and the width in dots and returns a picture.
"""

from functools import cache
from typing import Any

from django.utils import translation
from django.utils.module_loading import import_string

from onewindow.base.halls.policies import policy
from onewindow.base.halls.words import Words, saying
from onewindow.printing.models import PrintJob

_papers: dict[str, str] = {}


def register(name: str, path: str) -> None:
    """Say who draws a paper."""
    _papers[name] = path


def draw(job: PrintJob, dots: int) -> Any:
    """Return the picture of a paper, in its own language."""
    hall, language = job.hall, job.language or job.hall.language
    spoken = translation.override("zh-hans" if language.startswith("zh") else language)
    with spoken, saying(lambda: policy(hall, Words)):
        return import_string(_papers[job.paper])(job, dots)


@cache
def press() -> Any:
    """The way to a printer; loaded when there is something to print."""
    return import_string("onewindow.printing.press.wire.Wire")
