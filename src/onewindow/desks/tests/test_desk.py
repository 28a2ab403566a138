"""The desk: a clerk works through visitors, with everything on one page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from onewindow.accounts.models import User
from onewindow.alerts.models import Alert
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.halls.text import said
from onewindow.base.trail import By
from onewindow.catalogue.models import Service
from onewindow.catalogue.tests.make import MaterialFactory, ServiceFactory
from onewindow.desks.tests.conftest import Desk, Take
from onewindow.floor.models import Profile, Session, Window
from onewindow.floor.states import Choice
from onewindow.floor.tests import make
from onewindow.tickets import actions
from onewindow.tickets.models import Ticket
from onewindow.tickets.rules import TicketPolicy
from onewindow.tickets.states import Need, Outcome, Priority, State
from tests.fixtures.world import Clock


def test_a_clerk_without_a_window_chooses_one(desk: Desk, window: Window, clerk: User) -> None:
    assert "At which window do you work?" in desk.page()
    answer = desk.browser.post(f"/s/{desk.hall.slug}/desk/open", {"window": "5"})
    assert answer.status_code == 302
    assert Session.objects.get(user=clerk).window == window
    assert "Nobody is at your window" in desk.page()


def test_who_is_set_aside_is_so_until_a_time(
    desk: Desk, open_window: Window, take: Take, clock: Clock
) -> None:
    ticket = take()
    desk.press("next")
    desk.press("start", ticket)
    desk.press("park", ticket, minutes="20")
    assert "until 10:20" in desk.page()


def test_a_visitor_is_called_served_and_the_next_one_called(
    desk: Desk, open_window: Window, take: Take
) -> None:
    first, second = take(), take()
    assert desk.press("next").status_code == 303
    assert first.number in desk.page()
    desk.press("start", first)
    assert "being served" in desk.page()
    desk.press("finish", first, next="1", outcome="done", how_many="2")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.outcome, first.files) == (State.DONE, Outcome.DONE, 2)
    assert second.state == State.CALLED


def test_who_was_called_only_now_is_not_finished(
    desk: Desk, open_window: Window, take: Take, clock: Clock
) -> None:
    ticket = take()
    desk.press("next")
    page = desk.page()
    assert 'data-key="Enter"' not in page
    assert "Was served already" in page
    refused = desk.press("finish", ticket)
    assert refused.status_code == 409
    assert "was called only now" in refused.content.decode()
    clock.forward(minutes=2)
    assert desk.press("finish", ticket).status_code == 303


def test_a_second_click_does_not_call_twice(desk: Desk, open_window: Window, take: Take) -> None:
    take(), take()
    assert desk.press("next", _once="k1").status_code == 303
    assert desk.press("next", _once="k1").status_code == 303
    assert Ticket.objects.filter(state=State.CALLED).count() == 1


def test_a_page_without_script_comes_back_to_itself(
    desk: Desk, open_window: Window, take: Take
) -> None:
    take()
    page = f"http://testserver/s/{desk.hall.slug}/desk/"
    answer = desk.browser.post(f"{desk.panel}next", headers={"referer": page})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/s/{desk.hall.slug}/desk/"


def test_forms_alone_call_start_and_finish(
    desk: Desk, open_window: Window, take: Take, hall: Hall
) -> None:
    ticket, page = take(), f"/s/{hall.slug}/desk/"
    for verb, then in (
        ("next", "called"),
        (f"{ticket.pk}/start", "being served"),
        (f"{ticket.pk}/finish", "Nobody is at your window"),
    ):
        assert f'action="{desk.panel}{verb}"' in desk.page()
        sent = {"referer": f"http://testserver{page}"}
        answer = desk.browser.post(f"{desk.panel}{verb}", headers=sent, follow=True)
        assert answer.redirect_chain == [(page, 303)]
        assert then in answer.content.decode()


def test_a_page_of_somebody_else_is_not_gone_back_to(desk: Desk, open_window: Window) -> None:
    answer = desk.browser.post(f"{desk.panel}next", headers={"referer": "https://evil.example/x"})
    assert answer.headers["Location"].startswith(desk.panel)


def test_what_is_refused_is_said_at_the_top(desk: Desk, open_window: Window, take: Take) -> None:
    ticket = take()
    desk.press("next")
    answer = desk.press("recall", ticket)
    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == "#flash"
    assert "more seconds before calling again" in answer.content.decode()


def test_nobody_is_missed_before_they_were_called_again(
    desk: Desk, open_window: Window, take: Take, clock: Clock
) -> None:
    ticket = take()
    desk.press("next")
    assert desk.press("miss", ticket).status_code == 409
    for _turn in range(2):
        clock.forward(minutes=2)
        assert desk.press("recall", ticket).status_code == 303
    assert desk.press("miss", ticket).status_code == 303
    ticket.refresh_from_db()
    assert ticket.state == State.MISSED
    assert ticket.number in desk.page()
    assert desk.press("come-back", ticket).status_code == 303
    ticket.refresh_from_db()
    assert ticket.state == State.WAITING


def test_a_visitor_set_aside_is_resumed_from_the_side(
    desk: Desk, open_window: Window, take: Take
) -> None:
    ticket = take()
    desk.press("next")
    desk.press("start", ticket)
    desk.press("park", ticket, minutes="20")
    ticket.refresh_from_db()
    assert ticket.state == State.PARKED
    assert ticket.until is not None
    assert ticket.until - ticket.changed_at == timedelta(minutes=20)
    assert "Resume" in desk.page()
    desk.press("resume", ticket)
    ticket.refresh_from_db()
    assert ticket.state == State.SERVING


def test_a_visitor_is_moved_with_return(
    desk: Desk, open_window: Window, take: Take, service: Service, duty_manager: User, by: By
) -> None:
    six = make.window(desk.hall, service, label="6")
    changed(desk.hall)
    actions.open_window(window=six, user=duty_manager, by=by)
    ticket = take()
    desk.press("next")
    desk.press("start", ticket)
    assert '<option value="6">' in desk.page()
    desk.press("move", ticket, window="6", place="front", come_back="on")
    ticket.refresh_from_db()
    assert ticket.state == State.WAITING
    assert ticket.only_window == six
    assert ticket.return_to == open_window


def test_a_move_to_nowhere_says_so(desk: Desk, open_window: Window, take: Take) -> None:
    ticket = take()
    desk.press("next")
    desk.press("start", ticket)
    assert desk.press("move", ticket).status_code == 422


def test_another_service_keeps_the_number(desk: Desk, open_window: Window, take: Take) -> None:
    other = ServiceFactory.create(hall=desk.hall, code="ID-02")
    ticket = take()
    desk.press("next")
    desk.press("start", ticket)
    desk.press("another", ticket, service=other.code)
    assert ticket.visit.tickets.count() == 2
    assert "Also under this number" in desk.page()


def test_somebody_without_a_number_is_served(desk: Desk, open_window: Window) -> None:
    desk.press("walk-in", service="ID-01")
    assert Ticket.objects.get().state == State.SERVING


def test_what_the_window_serves_is_offered_first_and_nothing_is_chosen(
    desk: Desk, open_window: Window, service: Service
) -> None:
    ServiceFactory.create(hall=desk.hall, code="AA-01", name={"en": "Birth registration"})
    changed(desk.hall)
    form = desk.page().split('id="walkinform_service"')[1].split("</select>")[0]
    groups = form.split("<optgroup")
    assert 'label="This window"' in groups[1]
    assert f'value="{service.code}" selected' in groups[1]  # the only one
    assert 'value="AA-01"' in "".join(groups[2:])
    second = ServiceFactory.create(hall=desk.hall, code="AA-02", name={"en": "Passport"})
    Profile.objects.create(window=open_window, service=second, choice=Choice.SECOND)
    changed(desk.hall)
    form = desk.page().split('id="walkinform_service"')[1].split("</select>")[0]
    assert '<option value="" selected>Please choose' in form
    assert desk.press("walk-in", service="").status_code == 422


def test_calling_before_the_turn_needs_a_reason_and_is_explained(
    desk: Desk, open_window: Window, take: Take
) -> None:
    take()
    later = take()
    assert desk.press("call", number=later.number).status_code == 422
    given = later.number.lower()
    answer = desk.press("call", number=given, reason="order", ordered_by="0100")
    assert answer.status_code == 303
    assert "Called before the turn: duty manager&#x27;s order (0100)." in desk.page()


def test_a_number_that_nobody_has_is_not_found(desk: Desk, open_window: Window) -> None:
    answer = desk.press("call", number="zz", reason="turn")
    assert answer.status_code == 404
    assert "Nobody took number zz today." in answer.content.decode()


def test_an_order_without_a_name_is_asked_for_the_name(
    desk: Desk, open_window: Window, take: Take
) -> None:
    take()
    answer = desk.press("call", number=take().number, reason="order", ordered_by=" ")
    assert answer.status_code == 422
    assert "Ordered by: Please name who ordered it." in answer.content.decode()
    desk_form = desk.page().split('name="number"')[1].split("</form>")[0]
    assert "(optional)" not in desk_form


def test_papers_follow_what_the_visitor_answered(
    desk: Desk, open_window: Window, take: Take, service: Service
) -> None:
    MaterialFactory.create(service=service, name={"en": "Marriage certificate"})
    take(needs=[Need.WALKING], priority=Priority.P1)
    desk.press("next")
    page = desk.page()
    assert "Marriage certificate" in page
    assert "walking" in page
    assert "Nobody who came earlier waits for this window." in page


def test_a_pause_says_when_it_ends_and_is_ended(desk: Desk, open_window: Window) -> None:
    desk.press("pause", reason="break", minutes="10")
    assert "back at 10:10" in desk.page()
    assert desk.press("next").status_code == 409
    desk.press("go-on")
    assert "Your window is paused" not in desk.page()


def test_a_pause_after_this_visitor_is_said_and_taken_back(
    desk: Desk, open_window: Window, take: Take, by: By
) -> None:
    ticket = take()
    actions.call_next(window=open_window, by=by)
    desk.press("start", ticket)
    desk.press("pause", reason="break", minutes="10")
    page = desk.page()
    assert "<b>Pause after this visitor</b> · short rest · 10 min" in page
    assert "Finish and pause" in page
    desk.press("go-on")
    assert "Cancel the pause" not in desk.page()
    desk.press("pause", reason="break", minutes="10")
    desk.press("finish", ticket, next="1")
    assert "Your window is paused" in desk.page()


def test_a_window_with_a_visitor_does_not_close(
    desk: Desk, open_window: Window, take: Take
) -> None:
    ticket = take()
    desk.press("next")
    assert desk.press("close").status_code == 409
    desk.press("start", ticket)
    desk.press("finish", ticket)
    assert desk.press("close").status_code == 303
    assert desk.browser.get(desk.panel, headers={"hx-request": "true"}).headers["HX-Refresh"]
    assert "At which window" in desk.page()


def test_the_duty_manager_is_called_once(desk: Desk, open_window: Window) -> None:
    desk.press("duty")
    desk.press("duty")
    desk.press("duty", kind="alarm")
    kinds = sorted(Alert.objects.values_list("kind", flat=True))
    assert kinds == ["duty.alarm", "duty.called"]
    assert "Alarm raised: the duty manager was called." in desk.page()


def test_after_a_wrap_up_the_next_one_is_called_by_itself(
    desk: Desk, open_window: Window, take: Take
) -> None:
    set_policy(desk.hall, TicketPolicy(wrap_up_s=30))
    first, second = take(), take()
    desk.press("next")
    desk.press("start", first)
    answer = desk.press("finish", first, next="1")
    second.refresh_from_db()
    assert second.state == State.WAITING
    panel = desk.browser.get(answer.headers["Location"]).content.decode()
    assert "data-press-at" in panel
    desk.press("next")
    second.refresh_from_db()
    assert second.state == State.CALLED


def test_the_keys_can_be_turned_off(desk: Desk, open_window: Window) -> None:
    assert 'data-key="Enter"' in desk.page()
    desk.browser.post(f"/s/{desk.hall.slug}/desk/keys", {"on": "0"})
    assert 'data-key="Enter"' not in desk.page()


def test_nobody_works_at_the_window_of_somebody_else(
    browser_for: Callable[..., Any], open_window: Window, hall: Hall, take: Take, duty_manager: User
) -> None:
    ticket = take()
    at = f"/s/{hall.slug}/tickets/window/5/"
    other = browser_for(duty_manager)
    assert other.post(f"{at}next").status_code == 409
    assert other.post(f"{at}{ticket.pk}/start").status_code == 409


def test_the_visitor_of_another_window_is_not_finished_here(
    desk: Desk, open_window: Window, take: Take, service: Service, duty_manager: User, by: By
) -> None:
    six = make.window(desk.hall, service, label="6")
    actions.open_window(window=six, user=duty_manager, by=by)
    ticket = take()
    actions.call_next(window=six, by=by)
    assert desk.press("finish", ticket).status_code == 404


def test_strangers_and_guides_have_no_desk(
    browser_for: Callable[..., Any], hall: Hall, window: Window, stranger: User, guide: User
) -> None:
    for path in ("desk/", "desk/strip/", "tickets/window/5/", "tickets/window/5/side/"):
        assert browser_for(stranger).get(f"/s/{hall.slug}/{path}").status_code == 404
        assert browser_for(guide).get(f"/s/{hall.slug}/{path}").status_code == 403


QUERIES_OF_THE_DESK = 15


@pytest.mark.parametrize("many", [5, 50])
def test_the_desk_asks_the_database_as_often_for_five_as_for_fifty(
    desk: Desk, open_window: Window, take: Take, many: int, django_assert_num_queries: Any
) -> None:
    for _turn in range(many):
        take()
    desk.press("next")
    desk.page()  # what the process remembers is read once
    with django_assert_num_queries(QUERIES_OF_THE_DESK):
        desk.page()


def test_the_desk_speaks_chinese(desk: Desk, open_window: Window, take: Take) -> None:
    take()
    desk.press("next")
    desk.browser.cookies["ow_language"] = "zh-hans"
    page = desk.page()
    assert "开始服务" in page
    assert "没有取号更早的人在等候本窗口。" in page
    assert said({"zh-Hans": "窗口"}, "zh-hans") in page


def test_what_a_window_serves_first_stands_first(
    desk: Desk, open_window: Window, service: Service
) -> None:
    assert Profile.objects.get(window=open_window).service == service
    assert "Nobody waits for this window." in desk.page()
