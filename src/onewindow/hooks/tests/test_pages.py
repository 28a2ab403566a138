"""The administrator's pages of webhooks."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from onewindow.accounts.models import User
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.hooks.actions.send import send_due
from onewindow.hooks.models import Delivery, Hook
from onewindow.hooks.tests.conftest import Target, lead_to
from tests.fixtures.queue import Take

Browsers = Callable[..., Client]
GIVEN = {"name": "City", "url": "https://data.example/in", "events": ["ticket.taken"]}


def at(name: str, *args: object) -> str:
    return reverse(f"hooks:{name}", args=["east-lake", *args])


def test_the_secret_is_shown_once(hall: Hall, administrator: User, browser_for: Browsers) -> None:
    browser = browser_for(administrator)
    answer = browser.post(at("new"), GIVEN, follow=True)
    hook = Hook.objects.get()
    assert str(hook.secret) in answer.content.decode()
    assert str(hook.secret) not in browser.get(at("hook", hook.pk)).content.decode()


def test_the_database_cannot_read_it(hook: Hook) -> None:
    kept = Hook.objects.extra(select={"kept": "CAST(secret AS text)"}).values_list("kept")[0][0]
    assert str(hook.secret) not in kept


def test_another_secret_is_shown_once_too(
    hook: Hook, administrator: User, browser_for: Browsers
) -> None:
    browser, old = browser_for(administrator), str(hook.secret)
    page = browser.post(at("secret", hook.pk), follow=True).content.decode()
    hook.refresh_from_db()
    assert str(hook.secret) in page
    assert old != hook.secret


def test_what_is_no_address_is_said_beside_the_field(
    hall: Hall, administrator: User, browser_for: Browsers
) -> None:
    answer = browser_for(administrator).post(at("new"), GIVEN | {"url": "file:///etc/passwd"})
    assert answer.status_code == 422
    assert "This is no address of the web" in answer.content.decode()
    assert not Hook.objects.exists()


def test_a_hook_can_be_changed_and_switched_off(
    hook: Hook, administrator: User, browser_for: Browsers
) -> None:
    given = GIVEN | {"events": ["hall.closed", "hall.opened"]}
    browser_for(administrator).post(at("hook", hook.pk), given)
    hook.refresh_from_db()
    assert (hook.url, hook.events, hook.is_active) == (
        "https://data.example/in",
        ["hall.closed", "hall.opened"],
        False,
    )


def test_the_log_shows_what_was_asked_for(
    hall: Hall, hook: Hook, by: By, take: Take, administrator: User, browser_for: Browsers
) -> None:
    other = lead_to(hall, by, "https://data.example/", "window.opened")
    take()
    delivery, browser = Delivery.objects.get(), browser_for(administrator)
    link = at("delivery", delivery.pk)
    assert link in browser.get(at("log")).content.decode()
    assert (
        link in browser.get(at("log"), {"hook": f"{hook.pk}", "state": "queued"}).content.decode()
    )
    assert link not in browser.get(at("log"), {"state": "sent"}).content.decode()
    assert link not in browser.get(at("log"), {"hook": other.pk}).content.decode()
    assert link not in browser.get(at("log"), {"event": "hall.opened"}).content.decode()
    strange = {"hook": "x", "state": "y", "event": "z", "page": "99"}
    assert link in browser.get(at("log"), strange).content.decode()


def test_one_is_looked_at_with_what_was_said_and_answered(
    hook: Hook, take: Take, target: Target, administrator: User, browser_for: Browsers
) -> None:
    target.status, target.said = 503, b"<b>busy</b>"
    ticket = take()
    send_due()
    page = browser_for(administrator).get(at("delivery", Delivery.objects.get().pk))
    text = page.content.decode()
    assert "503" in text
    assert "&lt;b&gt;busy" in text
    assert ticket.number in text


def test_a_double_click_sends_it_again_once(
    hook: Hook, take: Take, administrator: User, browser_for: Browsers
) -> None:
    take()
    send_due()
    first, browser = Delivery.objects.get(), browser_for(administrator)
    for _ in range(2):
        answer = browser.post(at("again", first.pk), {"_once": "k1"})
        assert answer.headers["Location"] == at("delivery", first.pk + 1)
    assert browser.post(at("again", first.pk), {"_once": "k2"}).status_code == 409
    assert Delivery.objects.count() == 2


def test_a_test_can_be_sent(hook: Hook, administrator: User, browser_for: Browsers) -> None:
    answer = browser_for(administrator).post(at("test", hook.pk), follow=True)
    assert "hook.test" in answer.content.decode()


def test_another_halls_hook_is_not_there(
    hall: Hall, other_hall: Hall, by: By, administrator: User, browser_for: Browsers
) -> None:
    theirs = lead_to(other_hall, by, "https://data.example/")
    assert browser_for(administrator).get(at("hook", theirs.pk)).status_code == 404
