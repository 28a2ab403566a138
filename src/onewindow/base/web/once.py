"""``@once``: a repeated POST does nothing twice and gets the first answer again.

The key comes with the request: the header ``Idempotency-Key`` of the API, or the hidden field
``_once`` that ``{% once %}`` makes with a form. The action runs first and the answer is inserted
*last*, so that a fresh request costs one insert; a conflict rolls everything back.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from onewindow.base import clocks
from onewindow.base.action import whole
from onewindow.base.web.models import Answer
from onewindow.base.web.refused import Refused

KEY_LENGTH = 80
INSERT = """
    INSERT INTO web_answer (caller, key, body_hash, status, location, body, at)
    VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (caller, key) DO NOTHING
"""


class KeyReused(Refused):
    """The same key came with another body."""

    sentence = _("This Idempotency-Key was already used for another request.")
    status = 422


class KeyUnfit(Refused):
    """A key is short, and can be printed."""

    sentence = _("An Idempotency-Key has at most 80 characters, all of them printable.")
    status = 422


class _Repeated(Exception):
    """Somebody answered this key before: roll back."""


def once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Run a POST in one transaction, and for one key only once. Other methods pass through."""

    @wraps(view)
    def answer_once(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        key = request.headers.get("Idempotency-Key") or request.POST.get("_once", "")
        if len(key) > KEY_LENGTH or not key.isprintable():
            raise KeyUnfit
        if not key:
            with whole():
                return view(request, *args, **kwargs)
        return _run(view, request, key, *args, **kwargs)

    answer_once.once = True  # type: ignore[attr-defined]  # read by the house tests
    return answer_once


def _run(
    view: Callable[..., HttpResponse],
    request: HttpRequest,
    key: str,
    /,  # an address may have a part of the same name
    *args: Any,
    **kwargs: Any,
) -> HttpResponse:
    caller, digest = getattr(request, "caller", "public"), _digest(request)
    try:
        with whole():
            answer = view(request, *args, **kwargs)
            if answer.status_code < 400 and not _keep(caller, key, digest, answer):
                raise _Repeated
    except (_Repeated, Refused) as no:
        kept = Answer.objects.filter(caller=caller, key=key).first()
        if kept is None:
            raise
        if kept.body_hash != digest:
            raise KeyReused from no
        return _again(kept)
    return answer


def _digest(request: HttpRequest) -> str:
    """Hash what was asked: address and body (of a form, its fields without the CSRF token)."""
    if request.POST or request.content_type == "multipart/form-data":  # its body is read already
        fields = sorted((k, v) for k, v in request.POST.lists() if k != "csrfmiddlewaretoken")
        body = repr(fields).encode()
    else:
        body = request.body
    return hashlib.sha256(request.path.encode() + b"\0" + body).hexdigest()


def _keep(caller: str, key: str, digest: str, answer: HttpResponse) -> bool:
    """Insert the answer; False when this key has one already."""
    is_json = "json" in answer.headers.get("Content-Type", "")
    body = answer.content.decode() if is_json else ""
    location = answer.headers.get("Location", "")
    values: list[Any] = [caller, key, digest, answer.status_code, location, body, clocks.now()]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)
        return bool(cursor.rowcount == 1)


def _again(kept: Answer) -> HttpResponse:
    """Give the kept answer again, marked as a repetition."""
    answer = HttpResponse(kept.body, status=kept.status, content_type="application/json")
    if kept.location:
        answer.headers["Location"] = kept.location
    answer.headers["Idempotency-Replayed"] = "true"
    return answer
