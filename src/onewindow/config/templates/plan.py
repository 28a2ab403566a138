"""A template's floor: zones, windows, spots, opening hours, rounds; what people ask there."""

import secrets
from datetime import time
from pathlib import Path

from onewindow.base.deadlines.models import Hours
from onewindow.base.halls.models import Department
from onewindow.catalogue.models import Service
from onewindow.config.templates.entries import Entry, read
from onewindow.floor.actions import Plan
from onewindow.floor.models import Check, Profile, Spot, Window, Zone
from onewindow.floor.states import Choice, Moment, WindowKind
from onewindow.tickets.models import Topic


def read_plan(
    folder: Path,
    languages: list[str],
    departments: dict[str, Department],
    services: dict[str, Service],
) -> Plan:
    """Read zones, windows and spots."""
    file, plan = read(folder, "floor.toml", languages), Plan()
    zones = {row.values.get("code", ""): _zone(row, plan) for row in file.entries("zone", "code")}
    for row in file.entries("window", "label"):
        _read_window(row, plan, zones, departments, services)
    for row in file.entries("spot", "name"):
        spot = Spot(
            code=secrets.token_hex(8), name=row.text("name"), zone=row.one_of("zone", zones)
        )
        row.end()
        plan.spots.append(row.checked(spot))
    for row in file.entries("check", "name"):
        moment = Moment(row.take("moment", str))
        check = Check(moment=moment, name=row.text("name"), position=len(plan.checks) + 1)
        row.end()
        plan.checks.append(row.checked(check))
    file.end()
    return plan


def read_topics(folder: Path, languages: list[str]) -> list[Topic]:
    """Read what people ask at the guide desk."""
    file = read(folder, "topics.toml", languages)
    found = []
    for place, row in enumerate(file.entries("topic", "name"), 1):
        topic = Topic(name=row.text("name"), sent_to=row.text("sent_to", {}), position=place)
        row.end()
        found.append(row.checked(topic))
    file.end()
    return found


def _zone(entry: Entry, plan: Plan) -> Zone:
    zone = Zone(
        code=entry.take("code", str),
        name=entry.text("name"),
        storey=entry.text("storey"),
        direction=entry.text("direction"),
        walking_s=entry.take("walking_s", int),
        position=len(plan.zones) + 1,
    )
    entry.end()
    plan.zones.append(entry.checked(zone))
    return zone


def _read_window(
    entry: Entry,
    plan: Plan,
    zones: dict[str, Zone],
    departments: dict[str, Department],
    services: dict[str, Service],
) -> None:
    window = Window(
        label=entry.take("label", str),
        name=entry.text("name"),
        kind=entry.take("kind", str, WindowKind.BUSINESS.value),
        accessible=entry.take("accessible", bool, False),
        zone=entry.one_of("zone", zones),
        department=entry.one_of("department", departments),
        position=len(plan.windows) + 1,
    )
    plan.windows.append(entry.checked(window))
    served: set[str] = set()
    for key, choice in (("first", Choice.FIRST), ("second", Choice.SECOND)):
        for service in entry.all_of(key, services):
            if service.code in served:
                raise entry.wrong(f"{service.code} stands there twice")
            served.add(service.code)
            plan.profiles.append(Profile(window=window, service=service, choice=choice))
    entry.end()


def read_hours(file: Entry, plan: Plan, services: dict[str, Service]) -> None:
    """Read the opening hours: of the hall, of windows, of all services of some groups."""
    labels = {window.label: f"window.{window.label}" for window in plan.windows}
    groups: dict[str, list[str]] = {}
    for service in services.values():
        groups.setdefault(service.group.code, []).append(f"service.{service.code}")
    for row in file.entries("hours", "no."):
        scopes = row.all_of("windows", labels)
        for of_group in row.all_of("groups", groups):
            scopes += of_group
        weekdays = [_weekday(row, day) for day in row.take("weekdays", list)]
        spans = [_span(row, span) for span in row.take("spans", list)]
        row.end()
        plan.hours += [
            Hours(scope=scope, weekday=weekday, opens=opens, closes=closes)
            for scope in scopes or [""]
            for weekday in weekdays
            for opens, closes in spans
        ]


def _weekday(entry: Entry, day: object) -> int:
    if not isinstance(day, int) or not 0 <= day <= 6:
        raise entry.wrong(f"weekdays: {day!r} is none; Monday is 0")
    return day


def _span(entry: Entry, span: object) -> tuple[time, time]:
    try:
        opens, closes = (time.fromisoformat(part) for part in str(span).split("-"))
    except ValueError:
        raise entry.wrong(f"spans: {span!r} is none, such as 09:00-12:00") from None
    return opens, closes
