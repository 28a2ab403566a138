"""What a hall begins with: ``load("government", hall)`` fills an empty one."""

from pathlib import Path

from onewindow.base.halls.models import Hall
from onewindow.base.halls.text import Spoken
from onewindow.base.trail import By, job
from onewindow.catalogue.actions import fill_catalogue
from onewindow.config.templates.entries import Entry, TemplateError, read
from onewindow.config.templates.offer import Offer, read_offer
from onewindow.config.templates.plan import read_hours, read_plan
from onewindow.floor.actions import announce, describe_hall, fill_floor, join_departments

TEMPLATES = ("government",)
HERE = Path(__file__).parent

__all__ = ["TEMPLATES", "TemplateError", "load"]


def load(template: str, hall: Hall, *, folder: Path | None = None) -> None:
    """Fill an empty hall from a template. Raise TemplateError with file and entry.

    To be called in one transaction: a mistake found late leaves nothing behind.
    """
    if folder is None and template not in TEMPLATES:
        raise TemplateError(template, "", "there is no such template")
    by, folder = job(f"template {template}"), folder or HERE / template
    file = read(folder, "hall.toml", [])
    file.languages = languages = [str(tag) for tag in file.take("languages", list)]
    _describe(file, hall, by)
    names = {row.take("code", str): row for row in file.entries("departments", "code")}
    departments = join_departments(hall=hall, names=_names(names), by=by)
    offer = read_offer(folder, languages, Offer(departments, file.texts("guide")))
    plan = read_plan(folder, languages, departments, offer.services)
    read_hours(file, plan, offer.services)
    announced = _announcements(file)
    file.end()
    fill_catalogue(
        hall=hall,
        groups=offer.groups,
        conditions=list(offer.conditions.values()),
        services=list(offer.services.values()),
        materials=offer.materials,
        by=by,
    )
    fill_floor(hall=hall, plan=plan, by=by)
    for text in announced:
        announce(hall=hall, text=text, by=by)


def _describe(file: Entry, hall: Hall, by: By) -> None:
    describe_hall(
        hall=hall,
        phone=file.take("phone", str),
        address=file.text("address"),
        languages=file.languages,
        word_set=file.take("word_set", str),
        by=by,
    )


def _names(departments: dict[str, Entry]) -> dict[str, Spoken]:
    names = {code: row.text("name") for code, row in departments.items()}
    for row in departments.values():
        row.end()
    return names


def _announcements(file: Entry) -> list[Spoken]:
    rows = file.take("announcements", list, [])
    return [
        Entry(file.file, "announcements", {"text": row}, file.languages).text("text")
        for row in rows
    ]
