"""The papers that services ask for, each always or under a condition that an official can read."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.models import Hall
from onewindow.catalogue.models import Condition, Material
from onewindow.catalogue.states import Original
from onewindow.lists.columns import (
    NO,
    YES,
    Column,
    Figure,
    Kind,
    One,
    OneOf,
    Wrong,
    YesNo,
    fold,
    narrow,
    texts,
)
from onewindow.lists.tables.table import IN_USE, Got, Table

ANSWERED = re.compile(r"(?P<asked>.+?)[\s:：=?？]+(?P<answer>\S+)$", re.DOTALL)


class Number(Kind):
    """What the installation knows a paper by."""

    def read(self, text: str, known: Any) -> str:
        number = narrow(text)
        if number and not (number.isascii() and number.isdigit()):
            raise Wrong(_("The number of a paper is made here: leave it as it was, or empty."))
        return str(int(number)) if number else ""


class OnlyIf(Kind):
    """A question and the answer under which the paper is asked for: “By an agent? yes”."""

    def read(self, text: str, known: Any) -> tuple[Condition | None, bool]:
        if not text:
            return None, True
        found = ANSWERED.fullmatch(text)
        answer = fold(found["answer"]) if found else ""
        if found is None or answer not in YES | NO:
            raise Wrong(_("A question, then yes or no, such as: Is somebody else applying? yes"))
        asked = re.sub(r"[?？]$", "", found["asked"].strip())
        for spelling in (asked, f"{asked}?", f"{asked}？"):
            try:
                return known.find("question", spelling), answer in YES
            except Wrong as no:
                lacks = no
        raise lacks

    def show(self, value: Any) -> str | int:
        question, wanted = value
        if question is None:
            return ""
        return f"{question}  {gettext('yes') if wanted else gettext('no')}"


SERVICE = Column(
    ("service",),
    _("Service"),
    One("service"),
    _("The short code of the service that asks for it."),
    "ID-01",
    needed=True,
)
NUMBER = Column(
    ("number",),
    _("Number of the paper"),
    Number(),
    _("Made here. Empty for a new paper; then its name finds it, if the service has it already."),
    "",
)
ONLY_IF = Column(
    ("only_if",),
    _("Only if"),
    OnlyIf(),
    _("A question and its answer. Empty: it is always asked for."),
    _("Is somebody else applying for you? yes"),
)
MORE = (
    Column(
        ("original",),
        _("Original or copy"),
        OneOf(Original, Original.ORIGINAL),
        "",
        Original.ORIGINAL.label,
    ),
    Column(("copies",), _("Copies"), Figure(), "", "1"),
    Column(("form",), _("It is a form that is filled in on the spot"), YesNo(), "", _("no")),
    ONLY_IF,
    Column(("position",), _("Place in the order"), Figure(), "", "1"),
)


class Papers(Table):
    """Materials of services."""

    name = "materials"
    title = _("Papers to bring")
    model = Material
    after = 2

    def columns(self, hall: Hall) -> tuple[Column, ...]:
        spoken = tuple(hall.languages) or ("zh-Hans",)
        name = texts(("name",), _("Name"), spoken, example=_("Household register"), needed=True)
        issuer = texts(("issuer",), _("Who issues it"), spoken)
        note = texts(("note",), _("What to know of it"), spoken)
        return (SERVICE, NUMBER, *name, *issuer, *MORE, *note, IN_USE)

    def keys(self, hall: Hall) -> tuple[Column, ...]:
        return SERVICE, self.columns(hall)[2]

    def rows(self, hall: Hall) -> Iterable[Material]:
        rows = Material.objects.filter(service__hall=hall, service__archived_at=None)
        return rows.select_related("service", "condition").order_by(
            "service__group__position", "service__position", "service_id", "position", "pk"
        )

    def index(self, hall: Hall) -> dict[str, Any]:
        """Return the papers twice: by number, and by service and name; what is in use wins."""
        found: dict[str, Any] = {}
        for row in sorted(self.rows(hall), key=lambda one: one.archived_at is None):
            found[f"{fold(row.service.code)} #{row.pk}"] = row
            found[f"{fold(row.service.code)} {fold(row.name.get(hall.language, ''))}"] = row
        return found

    def key(self, row: Any) -> str:
        return str(row.pk or "")

    def key_of(self, got: Got, hall: Hall) -> str:
        service, name = self.keys(hall)
        code = fold(got[service].code)
        return f"{code} #{got[NUMBER]}" if got.get(NUMBER) else f"{code} {fold(got[name])}"

    def blank(self, hall: Hall) -> Material:
        return Material()

    def cell(self, row: Any, column: Column) -> Any:
        if column == NUMBER:
            return row.pk
        if column == ONLY_IF:
            return row.condition, row.asked_if
        return super().cell(row, column)

    def gather(self, row: Any, got: Got) -> dict[str, Any]:
        values = super().gather(row, got)
        if "only_if" in values:
            values["condition"], values["asked_if"] = values.pop("only_if")
        return values

    def label(self, row: Any) -> str:
        return f"{row.service.code} {row}"[:200]

    def related(self, name: str) -> str:
        return {"service": "service", "condition": "question"}.get(name, "")


PAPERS = Papers()
