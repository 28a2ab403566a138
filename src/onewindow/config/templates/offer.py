"""A template's catalogue: groups, services with their guides, papers and the questions on them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onewindow.base.halls.models import Department
from onewindow.base.halls.text import Spoken
from onewindow.catalogue.models import Condition, Group, Material, Service
from onewindow.catalogue.states import GUIDE, Depth, Original
from onewindow.config.templates.entries import Entry, read

FROM_AN_AGENT = ("agent-letter", "agent-id")  # what whoever applies for someone else brings


@dataclass
class Offer:
    """What a hall offers, none of it saved yet."""

    departments: dict[str, Department]
    guide: dict[str, Spoken]  # what every guide says where its group and service say nothing
    parts: Iterable[str]  # what every guide has to say
    groups: list[Group] = field(default_factory=list)
    conditions: dict[str, Condition] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    materials: list[Material] = field(default_factory=list)
    papers: dict[str, dict[str, Any]] = field(default_factory=dict)  # those of many services


def read_offer(folder: Path, languages: list[str], offer: Offer) -> Offer:
    """Read papers and services into what is offered."""
    _read_papers(read(folder, "papers.toml", languages), offer)
    for path in sorted((folder / "services").glob("*.toml")):
        _read_group(read(folder, f"services/{path.name}", languages), offer)
    return offer


def _read_papers(file: Entry, offer: Offer) -> None:
    for code, question in file.texts("question").items():
        offer.conditions[code] = file.checked(Condition(code=code, question=question))
    offer.papers = file.take("paper", dict, {})
    file.end()


def _read_group(file: Entry, offer: Offer) -> None:
    entry = Entry(file.file, "group", file.take("group", dict), file.languages)
    department = entry.one_of("department", offer.departments)
    said = offer.guide | _guide(entry)
    code = entry.take("code", str)
    group = Group(
        code=code,
        series=entry.take("series", str, code),
        name=entry.text("name"),
        icon=entry.take("icon", str, ""),
        position=len(offer.groups) + 1,
    )
    entry.end()
    offer.groups.append(entry.checked(group))
    for row in file.entries("service", "code"):
        _read_service(row, group, department, said, offer)
    file.end()


def _read_service(
    entry: Entry, group: Group, department: Department, said: dict[str, Spoken], offer: Offer
) -> None:
    if "department" in entry.values:
        department = entry.one_of("department", offer.departments)
    service = Service(
        group=group,
        department=department,
        code=entry.take("code", str),
        name=entry.text("name"),
        summary=entry.text("summary"),
        keywords=entry.take("keywords", str, ""),
        depth=entry.take("depth", str, Depth.TICKET.value),
        target_minutes=entry.take("minutes", int),
        often=entry.take("often", int),
        guide=said | _guide(entry),
        position=len(offer.services) + 1,
    )
    if service.code in offer.services:
        raise entry.wrong("there are two with this code")
    missing = [name for name in offer.parts if name not in service.guide]
    if missing:
        raise entry.wrong(f"the guide lacks {', '.join(missing)}")
    offer.services[service.code] = entry.checked(service)
    _read_materials(entry, service, offer)
    entry.end()


def _guide(entry: Entry) -> dict[str, Spoken]:
    guide = entry.texts("guide")
    unknown = [name for name in guide if name not in GUIDE]
    if unknown:
        raise entry.wrong(f"guide: there is no {unknown[0]!r}")
    return guide


def _read_materials(entry: Entry, service: Service, offer: Offer) -> None:
    rows = entry.take("papers", list, [])
    if entry.take("agent", bool, False):
        rows += [{"paper": paper, "if": "agent"} for paper in FROM_AN_AGENT]
    for place, row in enumerate(rows, 1):
        name = f"{entry.name} paper no. {place}"
        values = _with_shared(Entry(entry.file, name, row, entry.languages), offer)
        paper = Entry(entry.file, name, values, entry.languages)
        offer.materials.append(_material(paper, service, place, offer))


def _with_shared(entry: Entry, offer: Offer) -> dict[str, Any]:
    """Fill up a paper that many services ask for with what is said of it once."""
    if "paper" not in entry.values:
        return entry.values
    return entry.one_of("paper", offer.papers) | entry.values


def _material(entry: Entry, service: Service, place: int, offer: Offer) -> Material:
    asked_if = "if" in entry.values
    condition = None
    if asked_if or "unless" in entry.values:
        condition = entry.one_of("if" if asked_if else "unless", offer.conditions)
    material = Material(
        service=service,
        name=entry.text("name"),
        issuer=entry.text("issuer"),
        note=entry.text("note", {}),
        original=entry.take("original", str, Original.ORIGINAL.value),
        copies=entry.take("copies", int, 0),
        form=entry.take("form", bool, False),
        condition=condition,
        asked_if=asked_if or condition is None,
        position=place,
    )
    entry.end()
    return entry.checked(material)
