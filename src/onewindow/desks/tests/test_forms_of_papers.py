"""Blank forms and samples: brought in set-up, looked at by everybody, printed at the guide desk."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onewindow.accounts.models import User
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.editing import archive
from onewindow.catalogue.files import place
from onewindow.catalogue.models import Form, Material, Service
from onewindow.catalogue.tests.files import PDF, PROGRAM, picture
from onewindow.catalogue.tests.make import MaterialFactory
from onewindow.desks.tests.sheets import NEW, SETUP, administrator, seen
from tests.fixtures.guards import GuardedClient

__all__ = ["administrator"]


@pytest.fixture(autouse=True)
def _uploads(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def paper(service: Service) -> Material:
    """A paper that a service asks for."""
    return MaterialFactory.create(service=service, name={"zh-Hans": "申请表", "en": "Application"})


@pytest.fixture
def bring(administrator: Client, paper: Material) -> Callable[..., Any]:
    """Save the page of the paper, with a file or two."""
    address = f"{SETUP}materials/{paper.pk}/"

    def save(stamp: str = "", **files: Any) -> Any:
        typed = NEW["materials"] | {"service": paper.service_id, "_seen": stamp}
        given = {
            name: SimpleUploadedFile("any.pdf", one) if isinstance(one, bytes) else one
            for name, one in files.items()
        }
        return administrator.post(address, typed | given)

    return save


def address_of(hall: Hall, form: Form) -> str:
    return f"/h/{hall.slug}/forms/{form.digest}/"


def test_a_blank_form_is_brought_shown_replaced_and_taken_away(
    bring: Callable[..., Any], administrator: Client, client: Client, paper: Material, hall: Hall
) -> None:
    for _twice in range(2):
        assert bring(_once="click", blank=PDF, sample=picture("PNG")).status_code == 302
    assert Form.objects.count() == 2
    first = Form.objects.get(kind="blank")
    answer = client.get(address_of(hall, first))
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer["Cache-Control"]
    assert bring(blank=PDF + b"\n").status_code == 302
    assert bring().status_code == 302  # without a file all stays
    assert client.get(address_of(hall, first)).status_code == 404
    now = Form.objects.get(kind="blank", archived_at=None)
    assert client.get(address_of(hall, now)).content == PDF + b"\n"
    assert bring(**{"blank-clear": "on"}).status_code == 302
    assert [one.kind for one in paper.forms.filter(archived_at=None)] == ["sample"]
    history = administrator.get(f"{SETUP}materials/{paper.pk}/history").text
    for one in (first, now):
        assert one.label in history


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (PROGRAM, "This is no PDF, PNG or JPEG"),
        (b"", "This file is empty."),
        (PDF + b" " * 5_000_000, "larger than 5 MB"),
    ],
)
def test_what_is_no_form_is_refused_beside_the_field(
    bring: Callable[..., Any], content: bytes, said: str
) -> None:
    answer = bring(sample=content)
    assert answer.status_code == 422
    assert said in answer.text
    assert NEW["materials"]["name-zh-Hans"] in answer.text  # nothing typed is lost
    assert not Form.objects.exists()


def test_two_hundred_megabytes_are_refused_before_they_are_read(
    administrator: Client, paper: Material
) -> None:
    class Unread:
        def read(self, *_most: int) -> bytes:
            raise AssertionError("it was read")

        readline = read

    sent: dict[str, Any] = {
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "CONTENT_LENGTH": "200000000",
        "wsgi.input": Unread(),
    }
    answer = administrator.generic("POST", f"{SETUP}materials/{paper.pk}/", **sent)
    assert answer.status_code == 413


def test_the_second_of_two_people_sees_what_the_first_brought(
    bring: Callable[..., Any], administrator: Client, paper: Material
) -> None:
    opened = seen(administrator, f"{SETUP}materials/{paper.pk}/")
    assert bring(opened, blank=PDF).status_code == 302
    answer = bring(opened, blank=PDF + b"\n")
    assert answer.status_code == 409
    first = Form.objects.get()
    assert first.label in answer.text
    with pytest.raises(IntegrityError), transaction.atomic():
        Form.objects.create(material=paper, kind="blank", media="pdf", digest="b", size=1)


def test_only_forms_of_papers_in_use_are_given_and_to_each_hall_its_own(
    bring: Callable[..., Any], client: Client, hall: Hall, other_hall: Hall, paper: Material, by: By
) -> None:
    bring(blank=PDF)
    form = Form.objects.get()
    assert client.get(address_of(other_hall, form)).status_code == 404
    assert client.get(f"/h/{hall.slug}/forms/..%2f..%2fsecret.key/").status_code == 404
    place(form).unlink()
    assert client.get(address_of(hall, form)).status_code == 404
    bring(blank=PDF)  # the same again mends what the disk lost
    assert client.get(address_of(hall, form)).status_code == 200
    archive(hall=hall, row=paper.service, by=by)
    assert client.get(address_of(hall, form)).status_code == 404


@pytest.mark.clause("四(一)2", screen="guide desk")
def test_the_guide_desk_opens_forms_for_printing_and_asks_no_more_for_more_of_them(
    bring: Callable[..., Any],
    browser_for: Callable[..., GuardedClient],
    guide: User,
    hall: Hall,
    paper: Material,
) -> None:
    tablet, counts = browser_for(guide), []
    for brought in ({"blank": PDF}, {"sample": picture()}):
        bring(**brought)
        tablet.get(f"/s/{hall.slug}/guide/papers/", {"service": paper.service.code})
        with CaptureQueriesContext(connection) as asked:
            page = tablet.get(f"/s/{hall.slug}/guide/papers/", {"service": paper.service.code}).text
        counts.append(len(asked))
    assert counts[0] == counts[1]
    for form in Form.objects.all():
        assert address_of(hall, form) in page


@pytest.mark.parametrize("letter", ["z", "W"])
@pytest.mark.parametrize("sheet", ["groups", "services"])
def test_letters_that_are_kept_are_refused_beside_the_field(
    administrator: Client, letter: str, sheet: str
) -> None:
    answer = administrator.post(f"{SETUP}{sheet}/new", NEW[sheet] | {"series": letter})
    assert answer.status_code == 422
    assert f"{letter.upper()} is kept for" in answer.text
