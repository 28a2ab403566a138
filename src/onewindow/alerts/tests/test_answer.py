"""What a duty manager does with an alert, on the page."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from onewindow.accounts.models import User
from onewindow.accounts.states import Role
from onewindow.alerts import actions
from onewindow.alerts.actions import AlertClosed, ReasonMissing, SnoozedTooLong, raise_alert
from onewindow.alerts.models import Alert
from onewindow.alerts.queries import open_alerts
from onewindow.alerts.states import Level
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.queries import history
from tests.fixtures.guards import GuardedClient
from tests.fixtures.world import Clock

Browser = Callable[..., GuardedClient]


@pytest.fixture
def alert(hall: Hall, by: By) -> Alert:
    """Window 5 calls the duty manager."""
    return raise_alert(
        hall=hall, kind="duty.called", cause="w5", level=Level.ACT_NOW, by=by, window="5"
    )


def to(verb: str, alert: Alert) -> str:
    return reverse(f"alerts:{verb}", args=[alert.hall.slug, alert.pk])


def board(hall: Hall) -> str:
    return reverse("alerts:panel", args=[hall.slug])


def panel(browser: GuardedClient, hall: Hall) -> str:
    """What htmx puts on the board."""
    return browser.get(board(hall), headers={"HX-Request": "true"}).content.decode()


def test_the_page_shows_it_with_one_button(
    alert: Alert, duty_manager: User, browser_for: Browser
) -> None:
    text = panel(browser_for(duty_manager), alert.hall)
    assert "Window 5 calls the duty manager." in text
    assert "I take this" in text


def test_the_page_speaks_chinese(alert: Alert, duty_manager: User, browser_for: Browser) -> None:
    text = panel(browser_for(duty_manager, "zh-hans"), alert.hall)
    assert "5 号窗口呼叫值班长。" in text
    assert "我来处理" in text


def test_an_alarm_stands_before_what_is_older(
    alert: Alert, duty_manager: User, browser_for: Browser, clock: Clock, by: By
) -> None:
    clock.forward(minutes=28)
    alarm = raise_alert(
        hall=alert.hall, kind="duty.alarm", cause="a", level=Level.ACT_NOW, by=by, window="12"
    )
    assert open_alerts(alert.hall).act_now == [alarm, alert]
    text = panel(browser_for(duty_manager), alert.hall)
    assert text.count("chip alarm") == 1
    assert text.index("chip alarm") < text.index("chip bad")


def test_a_calm_hall_says_so(hall: Hall, duty_manager: User, browser_for: Browser) -> None:
    text = panel(browser_for(duty_manager), hall)
    assert "Nothing needs you now." in text


def test_htmx_gets_the_panel_alone_and_a_person_the_page(
    alert: Alert, duty_manager: User, browser_for: Browser
) -> None:
    browser = browser_for(duty_manager)
    assert panel(browser, alert.hall).strip().startswith('<section id="alerts"')
    assert "<h1>Alerts</h1>" in browser.get(board(alert.hall)).content.decode()


def test_who_takes_it_is_shown_and_may_finish_it(
    alert: Alert, duty_manager: User, browser_for: Browser
) -> None:
    browser = browser_for(duty_manager)
    answer = browser.post(to("take", alert))
    assert (answer.status_code, answer.headers["Location"]) == (303, board(alert.hall))
    text = panel(browser, alert.hall)
    assert "Duty manager sees to it" in text
    browser.post(to("settle", alert))
    assert open_alerts(alert.hall).is_calm
    kinds = [row.kind for row in history(alert)]
    assert kinds == ["alert.raised", "alert.taken-over", "alert.closed"]


def test_a_second_click_does_not_settle_twice(
    alert: Alert, duty_manager: User, browser_for: Browser
) -> None:
    browser = browser_for(duty_manager)
    for _click in range(2):
        assert browser.post(to("settle", alert), {"_once": "one-key"}).status_code == 303
    assert history(alert).count() == 2


def test_it_can_wait_for_a_reason(
    alert: Alert, duty_manager: User, browser_for: Browser, clock: Clock
) -> None:
    browser = browser_for(duty_manager)
    sent = browser.post(to("snooze", alert), {"minutes": "30", "reason": "on my way"})
    assert sent.status_code == 303
    assert open_alerts(alert.hall).is_calm
    clock.forward(minutes=30)
    assert open_alerts(alert.hall).act_now == [alert]


@pytest.mark.parametrize(
    "sent", [{"minutes": "30", "reason": " "}, {"minutes": "7", "reason": "x"}]
)
def test_without_a_reason_it_does_not_wait(
    alert: Alert, duty_manager: User, browser_for: Browser, sent: dict[str, str]
) -> None:
    assert browser_for(duty_manager).post(to("snooze", alert), sent).status_code == 422
    assert open_alerts(alert.hall).act_now == [alert]


def test_it_waits_for_hours_at_most(alert: Alert, by: By) -> None:
    with pytest.raises(SnoozedTooLong):
        actions.snooze(alert=alert, minutes=721, reason="no", by=by)
    with pytest.raises(ReasonMissing):
        actions.snooze(alert=alert, minutes=10, reason=" ", by=by)


def test_what_became_more_urgent_wakes_up(hall: Hall, by: By) -> None:
    alert = raise_alert(hall=hall, kind="x", cause="x", level=Level.TODAY, by=by)
    actions.snooze(alert=alert, minutes=60, reason="later", by=by)
    raise_alert(hall=hall, kind="x", cause="x", level=Level.ACT_NOW, by=by)
    assert open_alerts(hall).act_now == [alert]


def test_what_is_settled_cannot_be_taken_put_off_or_settled(alert: Alert, by: By) -> None:
    actions.settle(alert=alert, by=by)
    with pytest.raises(AlertClosed):
        actions.settle(alert=alert, by=by)
    with pytest.raises(AlertClosed):
        actions.take_over(alert=alert, by=by)
    with pytest.raises(AlertClosed):
        actions.snooze(alert=alert, minutes=10, reason="late", by=by)


def test_a_clerk_may_not_answer_it(alert: Alert, clerk: User, browser_for: Browser) -> None:
    browser = browser_for(clerk)
    assert browser.get(board(alert.hall)).status_code == 403
    assert browser.post(to("settle", alert)).status_code == 403


def test_another_hall_finds_nothing(
    alert: Alert, stranger: User, browser_for: Browser, other_hall: Hall, by: By
) -> None:
    assert browser_for(stranger).get(board(alert.hall)).status_code == 404
    assert browser_for(stranger).post(to("take", alert)).status_code == 404


def test_an_alert_of_another_hall_is_not_found(
    hall: Hall, other_hall: Hall, duty_manager: User, browser_for: Browser, by: By
) -> None:
    theirs = raise_alert(hall=other_hall, kind="x", cause="x", by=by)
    ours = reverse("alerts:take", args=[hall.slug, theirs.pk])
    assert browser_for(duty_manager).post(ours).status_code == 404


def test_a_guide_sees_and_answers_what_is_for_the_guides_only(
    alert: Alert, guide: User, browser_for: Browser, by: By
) -> None:
    theirs = raise_alert(hall=alert.hall, kind="help", cause="help", owner_role=Role.GUIDE, by=by)
    browser = browser_for(guide)
    text = panel(browser, alert.hall)
    assert f"alert-{theirs.pk}" in text
    assert f"alert-{alert.pk}" not in text
    assert browser.post(to("take", theirs)).status_code == 303
    assert browser.post(to("take", alert)).status_code == 404
