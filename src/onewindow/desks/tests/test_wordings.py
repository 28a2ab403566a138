"""The hall's own words for messages, and the messages that have not gone out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from onewindow.accounts.models import User
from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.notify.actions import send
from onewindow.base.notify.models import Message, Wording
from onewindow.base.notify.states import Channel, State
from onewindow.base.notify.wording import say
from onewindow.base.trail import By
from onewindow.desks.tests.sheets import SETUP, administrator

__all__ = ["administrator"]
PAGE = f"{SETUP}messages/"
ONE = PAGE + "appointment.booked/"
TOLD = {
    "place": {"zh-Hans": "东湖大厅", "en": "East Lake"},
    "service": {"zh-Hans": "身份证", "en": "Identity card"},
    "day": "2026-06-09",
    "time": "09:30",
    "code": "123456",
}


def message(hall: Hall, by: By, language: str = "en", **more: Any) -> Message:
    """Put down a confirmation."""
    told = {"template": "appointment.booked", "to": "13812345678", **TOLD, **more}
    return send(hall=hall, channel=Channel.GATEWAY, by=by, language=language, **told)


def test_a_hall_puts_a_message_into_its_own_words(
    administrator: Client, hall: Hall, by: By
) -> None:
    before = administrator.get(PAGE).text
    assert "Appointment booked" in before
    assert "as we put it" in before
    typed = {"title-en": "See you at {time}", "body-en": "Bring your papers. Code {code}."}
    assert administrator.post(ONE, typed).status_code == 302
    said = say(message(hall, by))
    assert (said.title, said.body) == ("See you at 09:30", "Bring your papers. Code 123456.")
    page = administrator.get(ONE).text
    assert "See you at 10:30" in page  # with a sample in the gap
    assert administrator.get(PAGE).text.count("as we put it") == 4
    history = administrator.get(ONE + "history").text
    assert "Ad Min" in history
    assert "See you at {time}" in history


def test_a_language_without_own_words_reads_as_ours(
    administrator: Client, hall: Hall, by: By
) -> None:
    administrator.post(ONE, {"title-en": "See you at {time}"})
    assert say(message(hall, by, "zh-Hans")).title != "See you at 09:30"
    assert "身份证" in say(message(hall, by, "zh-Hans")).body
    assert say(message(hall, by)).body.startswith("East Lake: Identity card")


def test_emptied_words_are_ours_again(administrator: Client, hall: Hall, by: By) -> None:
    ours = say(message(hall, by))
    administrator.post(ONE, {"title-en": "Hello", "body-en": "Come."})
    administrator.post(ONE, {"title-en": "", "body-en": ""})
    assert say(message(hall, by)) == ours
    assert administrator.get(PAGE).text.count("as we put it") == 5


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("At {hour}", "“{hour}” is not known here."),
        ("{code.__class__}", "is not known here."),
        ("{code!r}", "is not known here."),
        ("{code:>9000000000}", "is not known here."),
        ("{0}", "is not known here."),
        ("{}", "is not known here."),
        ("At {time", "stands alone"),
        ("Over}", "stands alone"),
    ],
)
def test_what_cannot_be_filled_is_said_beside_the_field_and_nothing_is_lost(
    administrator: Client, words: str, said: str
) -> None:
    no = administrator.post(ONE, {"title-en": "Fine", "body-en": words})
    assert no.status_code == 422
    assert "English: " in no.text
    assert said in no.text
    assert 'value="Fine"' in no.text
    assert not Wording.objects.exists()


def test_words_from_before_the_check_open_nothing(hall: Hall, by: By) -> None:
    Wording.objects.create(
        hall=hall,
        template="appointment.booked",
        title={"en": "{code.__class__.__mro__} {time[0]} {time:>90}"},
        body={"en": "a lone { brace"},
    )
    said = say(message(hall, by))
    assert "class" not in said.title
    assert len(said.title) < 30
    assert said.body == "a lone { brace"


def test_the_second_of_two_people_is_told(administrator: Client, hall: Hall) -> None:
    opened = administrator.get(ONE).context["seen"]
    administrator.post(ONE, {"title-en": "First"})
    again = administrator.post(ONE, {"title-en": "Second", "_seen": opened})
    assert Wording.objects.get().title["en"] in ("First", "Second")
    later = administrator.get(ONE).context["seen"]
    administrator.post(ONE, {"title-en": "Third", "_seen": later})
    no = administrator.post(ONE, {"title-en": "Fourth", "_seen": later})
    assert no.status_code == 409
    assert again.status_code in (302, 409)
    assert Wording.objects.get().title["en"] == "Third"


def test_what_could_not_be_sent_is_listed_and_tried_again(
    administrator: Client, hall: Hall, by: By, settings: Settings
) -> None:
    assert "Everything has gone out" in administrator.get(PAGE + "unsent/").text
    lost = message(hall, by)
    lost.move(State.GAVE_UP, tries=7, problem="HTTP 503", next_try=None)
    page = administrator.get(PAGE + "unsent/").text
    assert "Appointment booked" in page
    assert "HTTP 503" in page
    assert "138****5678" in page
    assert "13812345678" not in page
    assert "is set up: such messages wait here" in page
    again = administrator.post(f"{PAGE}unsent/{lost.pk}/again")
    assert again.status_code == 302
    lost.refresh_from_db()
    assert (lost.state, lost.tries) == (State.FAILED, 0)
    assert lost.next_try is not None
    assert lost.next_try <= clocks.now() + timedelta(seconds=1)


def test_the_list_asks_no_more_for_more_messages(administrator: Client, hall: Hall, by: By) -> None:
    message(hall, by)
    administrator.get(PAGE + "unsent/")
    with CaptureQueriesContext(connection) as few:
        administrator.get(PAGE + "unsent/")
    for _one in range(5):
        message(hall, by)
    with CaptureQueriesContext(connection) as many:
        administrator.get(PAGE + "unsent/")
    assert len(many) == len(few)


def test_who_sets_nothing_up_may_not_and_another_hall_has_its_own(
    administrator: Client,
    hall: Hall,
    other_hall: Hall,
    duty_manager: User,
    stranger: User,
    browser_for: Callable[..., Client],
    by: By,
) -> None:
    theirs = message(other_hall, by)
    for page in (PAGE, ONE, PAGE + "unsent/"):
        assert browser_for(duty_manager).get(page).status_code == 403
        assert browser_for(stranger).get(page).status_code == 404
    assert administrator.post(f"{PAGE}unsent/{theirs.pk}/again").status_code == 404
    assert administrator.get(PAGE + "no.such/").status_code == 404
    administrator.post(ONE, {"title-en": "Ours alone"})
    assert say(theirs).title != "Ours alone"
