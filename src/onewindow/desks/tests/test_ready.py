"""The set-up's checklist: each step is read from the hall's data, and leads to where it is done."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from onewindow.accounts.states import DeviceKind, Role
from onewindow.accounts.tests import make
from onewindow.base import clocks
from onewindow.base.halls.models import Hall, Picture
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.desks.setup.ready import STEPS
from onewindow.desks.tests.sheets import SETUP, Browser, administrator, manager, seen
from onewindow.floor.readiness import code_for
from onewindow.tickets.actions import call_next

__all__ = ["administrator", "manager"]

LOGO = f"{SETUP}logo/"
ADDRESS = "http://hall.example:8000"


def states(browser: Client) -> dict[str, str]:
    """How each step stands on the page."""
    ready = browser.get(SETUP).context["ready"]
    return {one.step.name: one.state for one in ready.steps}


def upload(content: bytes, name: str = "logo.png") -> dict[str, Any]:
    """What a browser sends of a picture."""
    return {"logo": SimpleUploadedFile(name, content)}


def drawn(colour: tuple[int, ...], kind: str = "PNG") -> bytes:
    """Draw a picture."""
    out = BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", (1200, 300), colour).save(out, kind)
    return out.getvalue()


def test_a_new_hall_has_its_steps_before_it_and_each_leads_somewhere(administrator: Client) -> None:
    page = administrator.get(SETUP)
    stands = page.context["ready"].steps

    assert [one.state for one in stands] == ["open"] * len(STEPS)
    assert "Your hall is 0 % ready" in page.text
    assert all(administrator.get(one.url).status_code == 200 for one in stands if one.url)


def test_saving_the_hall_and_the_week_does_their_steps(administrator: Client, hall: Hall) -> None:
    hall_page = f"{SETUP}hall/it/"
    form = administrator.get(hall_page).context["form"]
    given = {"name-zh-Hans": "湖", "languages": ["zh-Hans", "en"], "first": "zh-Hans"}
    given |= {"accent": "30", "timezone": hall.timezone, "day_starts": "04:00", "phone": "110"}
    assert form.fields.keys() >= {"name", "accent"}
    administrator.post(hall_page, given | {"_seen": seen(administrator, hall_page)})
    administrator.post(f"{SETUP}hours/hall/", {"opens-0-0": "09:00", "closes-0-0": "17:00"})

    now = states(administrator)

    assert (now["hall"], now["hours"], now["look"]) == ("done", "done", "open")


def test_people_count_once_each_role_has_signed_in(
    administrator: Client, hall: Hall, browser_for: Browser
) -> None:
    make.person(hall, Role.CLERK, name="Never Came")
    for role in (Role.GUIDE, Role.DUTY_MANAGER):
        browser_for(make.person(hall, role))
    assert "Nobody has signed in yet as: clerk" in administrator.get(SETUP).text

    browser_for(make.person(hall, Role.CLERK))

    assert states(administrator)["people"] == "done"


def test_screens_paper_and_the_first_number_are_seen_to_work(
    administrator: Client, open_window: Any, take: Any, hall: Hall, by: By
) -> None:
    for kind in (DeviceKind.KIOSK, DeviceKind.HALL_DISPLAY):
        device = make.DeviceFactory.create(hall=hall, kind=kind, name=kind.value)
        assert states(administrator)["devices"] == "open"
        device.settings = {"prints": kind == DeviceKind.KIOSK}
        device.seen_at = clocks.now()
        device.save()
    take()
    assert states(administrator)["first"] == "open"
    call_next(window=open_window, by=by)

    now = states(administrator)

    assert [now[name] for name in ("devices", "printer", "first")] == ["done"] * 3


def test_a_step_is_left_out_for_a_reason_and_taken_up_again(administrator: Client) -> None:
    skip = f"{SETUP}steps/printer/skip"
    assert administrator.post(skip, {"reason": "  "}).status_code == 422

    administrator.post(skip, {"reason": "Numbers by phone only"})
    page = administrator.get(SETUP)
    assert "Not needed: Numbers by phone only" in page.text
    assert f"{page.context['ready'].percent}" == "10"

    administrator.post(f"{SETUP}steps/printer/want")
    assert states(administrator)["printer"] == "open"


def test_what_every_hall_needs_cannot_be_left_out(administrator: Client) -> None:
    assert administrator.post(f"{SETUP}steps/people/skip", {"reason": "x"}).status_code == 404


def test_the_steps_are_the_administrators(manager: Client) -> None:
    assert manager.get(SETUP).context["ready"] is None
    assert manager.post(f"{SETUP}steps/printer/skip", {"reason": "x"}).status_code == 403


def test_a_phone_that_reads_the_code_proves_the_address_until_it_changes(
    administrator: Client, client: Client, hall: Hall, settings: Any
) -> None:
    assert "No address is set" in administrator.get(f"{SETUP}address/").text
    settings.PUBLIC_URL = ADDRESS
    path = reverse("public:reached", args=[hall.slug, code_for(hall)])
    assert administrator.get(f"{SETUP}address/").context["to_scan"].startswith(ADDRESS)
    assert client.get(path).status_code == 200
    assert states(administrator)["address"] == "open"

    assert "done=1" in client.post(path).headers["Location"]

    assert states(administrator)["address"] == "done"
    assert "reached by a phone" in administrator.get(f"{SETUP}address/").text
    settings.PUBLIC_URL = "https://other.example"
    assert states(administrator)["address"] == "open"


def test_a_code_of_another_hall_or_of_yesterday_proves_nothing(
    client: Client, hall: Hall, other_hall: Hall
) -> None:
    for code in (code_for(other_hall), "made-up"):
        assert client.get(reverse("public:reached", args=[hall.slug, code])).status_code == 404


def test_a_logo_is_drawn_anew_and_shown(administrator: Client, hall: Hall) -> None:
    for kind in ("PNG", "JPEG", "WEBP"):
        answer = administrator.post(LOGO, upload(drawn((20, 90, 160), kind)))
        assert answer.status_code == 302, answer.text

    hall.refresh_from_db()
    shown = administrator.get(f"/logo/{hall.slug}/{hall.logo}.png")
    with Image.open(BytesIO(shown.content)) as picture:
        assert (picture.format, picture.size) == ("PNG", (960, 240))
    assert "immutable" in shown.headers["Cache-Control"]
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert f"{hall.logo}.png" in administrator.get(SETUP).text
    assert Picture.objects.filter(hall=hall).count() == 1
    assert Entry.objects.filter(kind="hall.logo").count() == 3

    administrator.post(f"{LOGO}none")
    assert administrator.get(f"/logo/{hall.slug}/{hall.logo}.png").status_code == 404
    assert states(administrator)["look"] == "open"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "no picture"),
        (b"\x89PNG\r\n\x1a\n broken", "no picture"),
        (drawn((255, 255, 255, 255)), "so light"),
        (drawn((0, 0, 0, 0)), "no picture"),
        (b"x" * (1024 * 1024 + 1), "too large"),
    ],
    ids=["svg", "broken", "white", "empty", "large"],
)
def test_what_is_no_logo_is_refused_beside_the_field(
    administrator: Client, hall: Hall, content: bytes, sentence: str
) -> None:
    answer = administrator.post(LOGO, upload(content))

    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors["logo"][0]
    hall.refresh_from_db()
    assert hall.logo == ""


def test_the_first_page_asks_the_same_of_a_large_hall(administrator: Client, hall: Hall) -> None:
    def asked() -> int:
        administrator.get(SETUP)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            administrator.get(SETUP)
        return len(queries)

    few = asked()
    for number in range(5):
        make.DeviceFactory.create(hall=hall, name=f"Kiosk {number}")
        make.person(hall, Role.CLERK, name=f"Clerk {number}")

    assert asked() == few
