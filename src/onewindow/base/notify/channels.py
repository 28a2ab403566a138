"""The ways out: e-mail by Django, and any program that takes a signed HTTP request.

The gateway gets ``POST`` with JSON ``{id, to, title, body, language, template}`` and the headers
``Idempotency-Key: message-<id>`` and ``X-OneWindow-Signature: t=<seconds>,v1=<hex>``, the
HMAC-SHA-256 of ``<seconds>.<body>`` under ``ONEWINDOW_GATEWAY_SECRET``.
"""

import hashlib
import hmac
import json

import httpx
from django.conf import settings
from django.core.mail import EmailMessage

from onewindow.base import clocks
from onewindow.base.notify.models import Message
from onewindow.base.notify.states import Channel
from onewindow.base.notify.wording import Said

SECONDS = 10


class NotDelivered(Exception):
    """It did not go out; ``final`` says that trying again would not help."""

    def __init__(self, why: str, *, final: bool = False) -> None:
        super().__init__(why)
        self.final = final


def is_set_up(channel: str) -> bool:
    """Say whether messages can go out this way."""
    return {
        Channel.IN_APP: True,
        Channel.EMAIL: bool(settings.EMAIL_FROM),
        Channel.GATEWAY: bool(settings.GATEWAY_URL),
    }[Channel(channel)]


def deliver(message: Message, said: Said) -> None:
    """Hand a message over. Raise NotDelivered when it was not taken."""
    if message.channel == Channel.EMAIL:
        _by_email(message, said)
    elif message.channel == Channel.GATEWAY:
        _by_gateway(message, said)


def _by_email(message: Message, said: Said) -> None:
    mail = EmailMessage(said.title, said.body, settings.EMAIL_FROM, [message.to])
    try:
        mail.send()
    except OSError as gone:  # of the network, or what smtplib says
        raise NotDelivered(type(gone).__name__) from gone


def _by_gateway(message: Message, said: Said) -> None:
    body = json.dumps(
        {
            "id": message.pk,
            "to": message.to,
            "title": said.title,
            "body": said.body,
            "language": message.language,
            "template": message.template,
        },
        ensure_ascii=False,
    ).encode()
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": f"message-{message.pk}",
        "X-OneWindow-Signature": _signature(body),
    }
    try:
        answer = httpx.post(settings.GATEWAY_URL, content=body, headers=headers, timeout=SECONDS)
    except httpx.HTTPError as gone:
        raise NotDelivered(type(gone).__name__) from gone
    if not answer.is_success:
        final = answer.is_client_error and answer.status_code not in (408, 425, 429)
        raise NotDelivered(f"HTTP {answer.status_code}", final=final)


def _signature(body: bytes) -> str:
    seconds = str(int(clocks.now().timestamp()))
    key = str(settings.GATEWAY_SECRET).encode()
    digest = hmac.new(key, seconds.encode() + b"." + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={digest}"
