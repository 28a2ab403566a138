"""The strip: the desk beside the department's own program."""

from onewindow.desks.tests.conftest import Desk, Take
from onewindow.floor.models import Window


def test_the_strip_shows_the_same_visitor(desk: Desk, open_window: Window, take: Take) -> None:
    ticket = take()
    desk.press("next")
    page = desk.browser.get(f"/s/{desk.hall.slug}/desk/strip/").content.decode()
    assert ticket.number in page
    answer = desk.press("start", ticket, **{"as": "strip"})
    assert answer.headers["Location"].endswith("?as=strip")
    assert "strip" in desk.browser.get(answer.headers["Location"]).content.decode()


def test_a_strip_that_was_woken_stays_a_strip(desk: Desk, open_window: Window, take: Take) -> None:
    ticket = take()
    desk.press("next")
    woken = desk.browser.get(f"{desk.panel}?as=strip", headers={"hx-request": "true"})
    page = woken.content.decode()
    assert ticket.number in page
    assert page.count("<form") == page.count('name="as" value="strip"')


def test_one_step_stands_in_front_and_the_rest_behind_more(
    desk: Desk, open_window: Window, take: Take
) -> None:
    ticket = take()
    desk.press("next")
    for verb, behind in (("start", "recall"), ("finish", "park")):
        page = desk.browser.get(f"{desk.panel}?as=strip").content.decode()
        front, rest = page.split("other-acts")
        assert f"{ticket.pk}/{verb}" in front
        assert f"{ticket.pk}/{behind}" in rest
        desk.press(verb, ticket, **{"as": "strip"})


def test_who_was_set_aside_is_counted_and_resumed_from_the_strip(
    desk: Desk, open_window: Window, take: Take
) -> None:
    ticket = take()
    desk.press("next")
    desk.press("start", ticket)
    desk.press("park", ticket, **{"as": "strip"})
    woken = desk.browser.get(f"{desk.panel}?as=strip").content.decode()
    page = desk.browser.get(f"/s/{desk.hall.slug}/desk/strip/").content.decode()
    assert "1 set aside" in page
    for shown in (woken, page):
        assert f"Resume {ticket.number}" in shown.split("other-acts")[1]
    desk.press("resume", ticket, **{"as": "strip"})
    ticket.refresh_from_db()
    assert ticket.state == "serving"
