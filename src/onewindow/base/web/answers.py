"""Answers of the API: JSON, and problem documents as RFC 9457 has them."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse

from onewindow.base.web.refused import Refused


def answer(status: int, content: Any = None) -> HttpResponse:
    """Answer with JSON; without content when ``content`` is None."""
    body = (
        b"" if content is None else json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False)
    )
    return HttpResponse(body, status=status, content_type="application/json; charset=utf-8")


def problem(refused: Refused, **more: Any) -> HttpResponse:
    """Answer with a problem document: type, title, status, and what else is known."""
    content = {
        "type": f"urn:onewindow:{refused.code}",
        "title": str(refused),
        "status": refused.status,
        **more,
    }
    response = answer(refused.status, content)
    response.headers["Content-Type"] = "application/problem+json; charset=utf-8"
    if refused.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def speaks_api(request: HttpRequest) -> bool:
    """Say whether this request came to the API, so that it is answered in JSON."""
    return request.path.startswith("/api/")
