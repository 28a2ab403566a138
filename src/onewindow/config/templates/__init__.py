"""What a hall begins with: ``load("government", hall)`` fills an empty one.

A template is a folder: ``hall.toml`` says what such halls are called, their words and rules, when
they open; ``floor.toml``, ``papers.toml`` and ``services/`` hold zones, windows and services,
``topics.toml`` what people ask.
"""

from dataclasses import dataclass
from pathlib import Path

from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.halls.text import Spoken
from onewindow.base.trail import By, job
from onewindow.catalogue.actions import fill_catalogue
from onewindow.catalogue.policy import RuleSet, guide_parts
from onewindow.config.templates.entries import Entry, TemplateError, read
from onewindow.config.templates.offer import Offer, read_offer
from onewindow.config.templates.plan import read_hours, read_plan, read_topics
from onewindow.config.templates.rules import read_rules, read_words
from onewindow.floor.actions import announce, describe_hall, fill_floor, join_departments
from onewindow.tickets.actions import name_topics

TEMPLATES = ("government", "bank")  # the first is what `onewindow init` offers
HERE = Path(__file__).parent

__all__ = ["TEMPLATES", "TemplateError", "Usual", "load", "usual"]


@dataclass(frozen=True)
class Usual:
    """What halls of a kind, and those they belong to, are usually called."""

    organisation: Spoken
    hall: Spoken


def usual(template: str) -> Usual:
    """Return the names that a template offers for the hall and for whose it is."""
    file = _hall_file(_folder(template))
    return Usual(file.text("organisation"), file.text("name"))


def load(template: str, hall: Hall, *, folder: Path | None = None) -> None:
    """Fill an empty hall from a template. Raise TemplateError with file and entry.

    To be called in one transaction: a mistake found late leaves nothing behind.
    """
    by, folder = job(f"template {template}"), folder or _folder(template)
    file = _hall_file(folder)
    languages = file.languages
    file.text("organisation"), file.text("name")  # asked for before: see usual()
    _describe(file, hall, by)
    words, rules = read_words(file), read_rules(file)
    names = {row.take("code", str): row for row in file.entries("departments", "code")}
    departments = join_departments(hall=hall, names=_names(names), by=by)
    parts = guide_parts(rules.get(RuleSet, RuleSet()))
    offer = read_offer(folder, languages, Offer(departments, file.texts("guide"), parts))
    plan = read_plan(folder, languages, departments, offer.services)
    read_hours(file, plan, offer.services)
    topics = read_topics(folder, languages)
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
    name_topics(hall=hall, topics=topics, by=by)
    for value in (words, *rules.values()):
        set_policy(hall, value)
    for text in announced:
        announce(hall=hall, text=text, by=by)


def _folder(template: str) -> Path:
    if template not in TEMPLATES:
        raise TemplateError(template, "", "there is no such template")
    return HERE / template


def _hall_file(folder: Path) -> Entry:
    file = read(folder, "hall.toml", [])
    file.languages = [str(tag) for tag in file.take("languages", list)]
    return file


def _describe(file: Entry, hall: Hall, by: By) -> None:
    describe_hall(
        hall=hall,
        phone=file.take("phone", str),
        address=file.text("address"),
        languages=file.languages,
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
