"""Messages out."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator

import httpx
import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from onewindow.base.halls.models import Hall
from onewindow.base.notify import queries, rules, tasks, wording
from onewindow.base.notify.actions import deliver, read, send, try_again
from onewindow.base.notify.models import Message, Wording
from onewindow.base.notify.states import Channel, State
from onewindow.base.trail import By
from onewindow.base.trail.queries import history
from tests.fixtures.world import Clock

Asked = list[httpx.Request]


@pytest.fixture(autouse=True)
def _template(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "_templates", dict[str, wording.Template]())
    wording.register("soon", "Soon: {number}", "{ahead} people before you.")


@pytest.fixture
def gateway(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Asked]]:
    """``gateway(503, 200)``: a gateway that gives these answers; returns what it was asked."""
    settings.GATEWAY_URL, settings.GATEWAY_SECRET = "https://sms.example/send", "shared"
    asked: Asked = []

    def answering(*answers: int) -> Asked:
        left = iter(answers)

        def take(request: httpx.Request) -> httpx.Response:
            asked.append(request)
            return httpx.Response(next(left))

        client = httpx.Client(transport=httpx.MockTransport(take))
        monkeypatch.setattr(httpx, "post", client.post)
        return asked

    return answering  # type: ignore[return-value]  # a plain function is enough


def text(hall: Hall, by: By, **more: object) -> Message:
    sent = {"channel": Channel.GATEWAY, "to": "13812345678", "template": "soon", **more}
    return send(hall=hall, by=by, number="A037", ahead=3, **sent)  # type: ignore[arg-type]


def test_it_is_put_down_and_a_job_with_it(hall: Hall, by: By) -> None:
    message = text(hall, by)
    assert message.state == State.QUEUED
    assert DBTaskResult.objects.get().args_kwargs["args"] == [message.pk]
    assert history(message).get().data == {"channel": "gateway", "template": "soon"}


def test_the_gateway_gets_it_signed_and_in_words(
    hall: Hall, by: By, gateway: Callable[..., Asked]
) -> None:
    asked = gateway(200)
    message = text(hall, by)
    assert deliver(message.pk)
    (request,) = asked
    told = json.loads(request.content)
    assert (told["to"], told["title"], told["body"]) == (
        "13812345678",
        "Soon: A037",
        "3 people before you.",
    )
    seconds, signature = request.headers["X-OneWindow-Signature"].split(",")
    signed = seconds.removeprefix("t=").encode() + b"." + request.content
    digest = hmac.new(b"shared", signed, hashlib.sha256).hexdigest()
    assert signature == f"v1={digest}"
    assert request.headers["Idempotency-Key"] == f"message-{message.pk}"
    message.refresh_from_db()
    assert message.state == State.SENT


def test_what_is_sent_is_not_sent_again(hall: Hall, by: By, gateway: Callable[..., Asked]) -> None:
    asked = gateway(200, 200)
    message = text(hall, by)
    assert deliver(message.pk)
    assert not deliver(message.pk)
    assert len(asked) == 1


def test_without_a_channel_it_waits_where_one_sees_it(hall: Hall, by: By, clock: Clock) -> None:
    message = text(hall, by)
    assert not deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.problem, message.tries) == (State.QUEUED, "no channel", 0)
    assert list(queries.waiting(hall)) == [message]
    assert queries.due() == []
    clock.forward(minutes=11)
    assert queries.due() == [message.pk]


def test_it_is_tried_again_with_growing_pauses_and_given_up_at_last(
    hall: Hall, by: By, gateway: Callable[..., Asked], clock: Clock
) -> None:
    asked = gateway(*[503] * 7)
    message = text(hall, by)
    for pause in rules.PAUSES:
        assert not deliver(message.pk)
        message.refresh_from_db()
        assert (message.state, message.problem) == (State.FAILED, "HTTP 503")
        assert queries.due() == []
        clock.forward(seconds=pause.total_seconds())
    deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.tries, len(asked)) == (State.GAVE_UP, 7, 7)
    assert [row.kind for row in history(message)] == ["message.queued", "message.given-up"]


def test_what_the_gateway_will_never_take_is_given_up_at_once(
    hall: Hall, by: By, gateway: Callable[..., Asked]
) -> None:
    gateway(422)
    message = text(hall, by)
    deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.problem) == (State.GAVE_UP, "HTTP 422")


def test_a_person_may_try_once_more(hall: Hall, by: By, gateway: Callable[..., Asked]) -> None:
    gateway(422, 200)
    message = text(hall, by)
    assert not try_again(message=message, by=by)
    deliver(message.pk)
    assert try_again(message=message, by=by)
    assert deliver(message.pk)


def test_a_gateway_that_does_not_answer_is_tried_again(
    hall: Hall, by: By, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.GATEWAY_URL = "https://sms.example/send"

    def gone(*_args: object, **_more: object) -> None:
        raise httpx.ConnectError("no route")

    monkeypatch.setattr(httpx, "post", gone)
    message = text(hall, by)
    deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.problem) == (State.FAILED, "ConnectError")


def test_e_mail_goes_out(hall: Hall, by: By, settings: Settings) -> None:
    settings.EMAIL_FROM = "hall@example.org"
    message = text(hall, by, channel=Channel.EMAIL, to="visitor@example.org")
    assert deliver(message.pk)
    (sent,) = mail.outbox
    assert (sent.subject, sent.to, sent.from_email) == (
        "Soon: A037",
        ["visitor@example.org"],
        "hall@example.org",
    )


def test_mail_that_does_not_go_out_is_tried_again(
    hall: Hall, by: By, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_FROM = "hall@example.org"

    def gone(_mail: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", gone)
    message = text(hall, by, channel=Channel.EMAIL, to="visitor@example.org")
    deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.problem) == (State.FAILED, "ConnectionRefusedError")


def test_a_notice_in_onewindow_is_there_at_once_until_it_is_read(
    hall: Hall, other_hall: Hall, by: By
) -> None:
    notice = text(hall, by, channel=Channel.IN_APP, to="", user_id=7)
    assert notice.state == State.SENT
    assert list(queries.unread(7, hall)) == [notice]
    assert not queries.unread(7, other_hall).exists()
    assert not queries.unread(8, hall).exists()
    read(message=notice)
    assert not queries.unread(7, hall).exists()
    assert not deliver(notice.pk)


def test_the_halls_own_words_come_first_in_the_messages_language(hall: Hall, by: By) -> None:
    Wording.objects.create(
        hall=hall, template="soon", title={"zh-Hans": "即将叫到 {number}"}, body={}
    )
    said = wording.say(text(hall, by, language="zh-Hans"))
    assert said == wording.Said("即将叫到 A037", "3 people before you.")


def test_a_template_that_is_gone_says_its_name(hall: Hall, by: By) -> None:
    assert wording.say(text(hall, by, template="gone")) == wording.Said("gone", "")


def test_a_lost_job_is_made_again_and_one_is_enough(
    hall: Hall, by: By, gateway: Callable[..., Asked]
) -> None:
    asked = gateway(200, 200)
    text(hall, by)
    text(hall, by)
    DBTaskResult.objects.all().delete()
    assert tasks.sweep() == 2
    assert DBTaskResult.objects.count() == 1
    tasks.deliver_due.call()
    assert len(asked) == 2
    assert tasks.sweep() == 0


def test_the_address_is_closed_in_the_database_and_not_on_the_trail(hall: Hall, by: By) -> None:
    message = text(hall, by)
    assert "138" not in str(history(message).get().data)
    assert "138" not in repr(message.to)
