"""What hooks are told, by a real server that answers, fails, hangs or leads elsewhere."""

import json
import socket
import threading
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.floor.models import Window
from onewindow.hooks import rules, tasks, wire
from onewindow.hooks.actions import change_hook, new_secret, send_again, send_test
from onewindow.hooks.actions.send import give_up_old, purge, send_due
from onewindow.hooks.actions.tell import NotInUse, OnItsWay
from onewindow.hooks.models import Delivery, Hook
from onewindow.hooks.states import State
from onewindow.hooks.tests.conftest import Target, lead_to
from onewindow.tickets import actions
from tests.fixtures.queue import Take
from tests.fixtures.world import Clock


def last() -> Delivery:
    return Delivery.objects.latest("pk")


def states() -> list[str]:
    return [str(state) for state in Delivery.objects.order_by("pk").values_list("state", flat=True)]


def test_what_happens_is_put_down_and_nothing_is_sent_yet(
    hook: Hook, take: Take, target: Target
) -> None:
    ticket = take()
    delivery = last()
    assert (delivery.hook, delivery.event, delivery.state) == (hook, "ticket.taken", State.QUEUED)
    assert delivery.entry == Entry.objects.get(kind="ticket.taken").pk
    told = json.loads(delivery.body)
    assert (told["label"], told["hall"], told["id"]) == (ticket.number, "east-lake", delivery.entry)
    assert told["data"] == {"service": "ID-01", "channel": "kiosk"}
    assert target.asked == []


def test_it_arrives_signed_over_moment_and_body(hook: Hook, take: Take, target: Target) -> None:
    take()
    assert send_due() == 1
    ((headers, body),) = target.asked
    seconds = headers["X-OneWindow-Signature"].split(",")[0].removeprefix("t=")
    expected = rules.signature(hook.secret, int(seconds), body.decode())
    assert headers["X-OneWindow-Signature"] == expected
    assert (headers["X-OneWindow-Event"], headers["X-OneWindow-Delivery"]) == (
        "ticket.taken",
        str(last().pk),
    )
    assert (last().state, last().status, last().answer) == (State.SENT, 200, "thank you")
    assert send_due() == 0


def test_no_person_is_in_it(
    hall: Hall, by: By, target: Target, take: Take, open_window: Window
) -> None:
    everything = ("ticket.taken", "ticket.called", "ticket.finished", "window.closed")
    lead_to(hall, by, target.url, *everything)
    take(phone="13812345678", needs=["hearing"], priority="p1")
    ticket = actions.call_next(window=open_window, by=by)
    assert ticket is not None
    actions.start(ticket=ticket, by=by)
    actions.finish(ticket=ticket, by=by, note="Mrs Chen")
    actions.close_window(window=open_window, by=by)
    send_due()
    said = b"".join(body for _headers, body in target.asked).decode()
    assert len(target.asked) == 4
    for secret in ("12345678", "hearing", '"p1"', "Chen", f'"{by.label}"'):  # ids have digits too
        assert secret not in said


def test_a_hook_hears_only_what_it_asked_for_and_only_while_in_use(
    hook: Hook, take: Take, open_window: Window, by: By
) -> None:
    take()
    actions.call_next(window=open_window, by=by)
    assert Delivery.objects.count() == 1
    change_hook(hook=hook, name="City", url=hook.url, events=hook.events, is_active=False, by=by)
    take()
    assert Delivery.objects.count() == 1


def test_another_halls_hook_hears_nothing(other_hall: Hall, by: By, take: Take) -> None:
    lead_to(other_hall, by, "https://data.example/")
    take()
    assert not Delivery.objects.exists()


def test_what_was_not_taken_is_tried_again_after_a_growing_pause(
    hook: Hook, take: Take, target: Target, clock: Clock
) -> None:
    target.status = 500
    take()
    for minutes in (1, 5, 15):
        assert send_due() == 1
        assert last().next_try == clock.now + timedelta(minutes=minutes)
        assert send_due() == 0
        clock.forward(minutes=minutes)
    target.status = 204
    send_due()
    assert (last().state, last().tries) == (State.SENT, 4)
    hook.refresh_from_db()
    assert hook.failures == 0


def test_a_target_that_answers_500_for_a_day_gets_everything_in_the_end(
    hook: Hook, take: Take, target: Target, clock: Clock
) -> None:
    target.status = 500
    for _ in range(20):
        take()
    tries = 0
    for _ in range(24 * 12):
        tries += send_due()
        clock.forward(minutes=5)
    assert tries < 20  # after five failures in a row: once per pause
    target.status, target.asked = 200, []
    for _ in range(13):
        clock.forward(hours=1)
        send_due()
    assert set(states()) == {State.SENT}
    assert len(target.asked) == 20
    kinds = list(Entry.objects.filter(kind__startswith="hook.").values_list("kind", flat=True))
    assert kinds == ["hook.made", "hook.does-not-answer", "hook.answers-again"]


def test_after_three_days_it_is_given_up(
    hook: Hook, take: Take, target: Target, clock: Clock
) -> None:
    target.status = 500
    take()
    for _ in range(72):
        send_due()
        clock.forward(hours=1)
    give_up_old()
    assert (last().state, last().next_try) == (State.GAVE_UP, None)
    assert send_due() == 0


def test_what_could_not_even_be_tried_is_given_up_too(hook: Hook, take: Take, clock: Clock) -> None:
    take()
    clock.forward(hours=71)
    assert give_up_old() == 0
    clock.forward(hours=1)
    assert give_up_old() == 1


def test_a_target_that_hangs_keeps_nobody_else_waiting(
    hall: Hall,
    hook: Hook,
    by: By,
    take: Take,
    target: Target,
    other_target: Target,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wire, "SECONDS", 1.0)
    lead_to(hall, by, other_target.url)
    target.hangs = True
    for _ in range(3):
        take()
    moments: list[int] = []
    others = other_target.asked
    monkeypatch.setattr(other_target, "asked", others)
    original = wire.post

    def noting(url: str, body: str, headers: dict[str, str]) -> wire.Answer:
        answer = original(url, body, headers)
        moments.append(len(others))
        return answer

    monkeypatch.setattr(wire, "post", noting)
    send_due()
    slow = Delivery.objects.filter(hook=hook).order_by("pk")
    assert [one.answer for one in slow] == ["no answer within 1 s"] * 3
    assert len(others) == 3
    assert moments[:3] == [1, 2, 3]  # all of the other's came before the first gave out


def test_a_target_that_drips_is_not_waited_for_longer(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HOOKS_PRIVATE = True
    monkeypatch.setattr(wire, "SECONDS", 0.6)
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        dripping = threading.Thread(target=drip, args=(server, over))
        dripping.start()
        answer = wire.post(f"http://127.0.0.1:{server.getsockname()[1]}/", "{}", {})
        over.set()
        dripping.join()
    assert answer == wire.Answer(None, "no answer within 0.6 s")


def drip(server: socket.socket, over: threading.Event) -> None:
    """Answer a letter at a time, and never come to an end."""
    line, _ = server.accept()
    with line, suppress(OSError):
        while not over.wait(0.1):
            line.send(b"H")


def test_a_redirect_is_not_followed(
    hook: Hook, take: Take, target: Target, other_target: Target
) -> None:
    target.status, target.location = 302, other_target.url
    take()
    send_due()
    assert (last().state, last().status) == (State.FAILED, 302)
    assert other_target.asked == []


def test_our_own_machine_is_refused(
    hook: Hook, take: Take, target: Target, settings: Settings
) -> None:
    settings.HOOKS_PRIVATE = False
    take()
    send_due()
    assert (last().state, last().answer) == (State.FAILED, "forbidden address")
    assert target.asked == []


def test_a_name_that_leads_to_our_own_machine_is_refused(
    settings: Settings, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HOOKS_PRIVATE = False
    seen = resolve_as(monkeypatch, ["8.8.8.8", "127.0.0.1"])
    answer = wire.post(f"http://data.example:{target.server_port}/", "{}", {})
    assert answer.said == "forbidden address"
    assert seen == ["data.example"]
    assert target.asked == []


def test_a_name_is_asked_once_and_the_connection_goes_where_was_looked(
    target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = resolve_as(monkeypatch, ["127.0.0.1"])
    answer = wire.post(f"http://data.example:{target.server_port}/here", "{}", {})
    assert answer.is_taken
    assert seen == ["data.example"]
    assert target.asked[0][0]["Host"] == f"data.example:{target.server_port}"


def resolve_as(monkeypatch: pytest.MonkeyPatch, addresses: list[str]) -> list[str]:
    """Let every name have these addresses; return the names that were asked for."""
    seen: list[str] = []
    original = socket.getaddrinfo

    def resolve(host: str, port: int, *args: Any, **more: Any) -> Any:
        if host in addresses:
            return original(host, port, *args, **more)
        seen.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return seen


def test_nobody_there_is_a_failure_with_a_reason(settings: Settings) -> None:
    settings.HOOKS_PRIVATE = True
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        answer = wire.post(f"http://127.0.0.1:{nobody.getsockname()[1]}/", "{}", {})
    assert answer.status is None
    assert "ConnectError" in answer.said


def test_a_long_or_strange_answer_is_kept_short_and_plain(
    hook: Hook, take: Take, target: Target
) -> None:
    target.said = b"no\0\xff\n" + b"x" * 100_000
    take()
    send_due()
    assert last().state == State.SENT
    assert len(last().answer) <= 200
    assert last().answer.isprintable()


def test_sent_again_it_is_a_delivery_of_its_own_with_the_same_words(
    hook: Hook, take: Take, target: Target, by: By
) -> None:
    take()
    send_due()
    again = send_again(delivery=last(), by=by)
    with pytest.raises(OnItsWay):
        send_again(delivery=Delivery.objects.earliest("pk"), by=by)
    with pytest.raises(OnItsWay):
        send_again(delivery=again, by=by)
    send_due()
    (_, first), (_, second) = target.asked
    assert first == second
    assert send_again(delivery=again, by=by).again_of == Delivery.objects.earliest("pk")


def test_what_is_switched_off_is_sent_nothing(hook: Hook, take: Take, by: By) -> None:
    take()
    change_hook(hook=hook, name="City", url=hook.url, events=hook.events, is_active=False, by=by)
    assert send_due() == 0
    with pytest.raises(NotInUse):
        send_test(hook=hook, by=by)


def test_a_test_says_that_it_is_one(hook: Hook, target: Target, by: By) -> None:
    send_test(hook=hook, by=by)
    send_due()
    assert json.loads(target.asked[0][1])["event"] == "hook.test"


def test_a_new_secret_signs_from_now_on(hook: Hook, target: Target, by: By) -> None:
    old = str(hook.secret)
    send_test(hook=hook, by=by)
    new = new_secret(hook=hook, by=by)
    send_due()
    headers, body = target.asked[0]
    seconds = int(headers["X-OneWindow-Signature"].split(",")[0].removeprefix("t="))
    assert headers["X-OneWindow-Signature"] == rules.signature(new, seconds, body.decode())
    assert old != new
    assert new not in str(Entry.objects.get(kind="hook.new-secret").data)


def test_while_one_worker_sends_another_leaves_the_hook_alone(
    hook: Hook, take: Take, clock: Clock
) -> None:
    take()
    Hook.objects.update(busy_until=clock.now + rules.LEASE)  # by the other worker
    assert send_due() == 0
    clock.forward(minutes=2)  # it was killed
    assert send_due() == 1


def test_the_log_forgets_after_a_month(hook: Hook, take: Take, clock: Clock) -> None:
    take()
    send_due()
    clock.forward(days=29)
    assert purge() == 0
    clock.forward(days=2)
    take()
    assert purge() == 1
    assert states() == [State.QUEUED]


def test_the_clock_asks_the_worker_once_for_all_of_it(hook: Hook, take: Take) -> None:
    take()
    take()
    assert tasks.sweep() == 1
    assert tasks.sweep() == 1
    assert DBTaskResult.objects.filter(task_path__contains="hooks").count() == 1
    tasks.send_due.call()
    assert set(states()) == {State.SENT}
    assert tasks.sweep() == 0
