"""Services, with the guidance that they give."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.base.web.refused import Refused
from onewindow.catalogue.models import Service
from onewindow.catalogue.policy import RuleSet, guide_parts
from onewindow.catalogue.states import Depth
from onewindow.lists.columns import Code, Column, Figure, One, OneOf, Series, Short, YesNo, texts
from onewindow.lists.tables.table import IN_USE, Table
from onewindow.tickets.actions.retire import ServiceIsAwaited
from onewindow.tickets.queries import held_for

CODE = Column(
    ("code",),
    _("Short code"),
    Code(20),
    _("Letters, figures and hyphens. By it a row finds its service: a new code is a new service."),
    "ID-01",
    needed=True,
)
MORE = (
    Column(
        ("department",),
        _("Department"),
        One("department"),
        _("Its short code or its name."),
        "PSB",
    ),
    Column(
        ("keywords",),
        _("Other words people search by"),
        Short(200),
        _("With blanks between them."),
        _("passport residence"),
    ),
    Column(("series",), _("Letter of its numbers"), Series(), _("Empty: that of its group."), "A"),
    Column(("target_minutes",), _("Usual time at the window, minutes"), Figure(empty=10), "", "10"),
    Column(("day_cap",), _("At most a day"), Figure(2_000_000, None), _("Empty: no cap."), ""),
    Column(("slot_cap",), _("At most an hour"), Figure(2_000_000, None), _("Empty: no cap."), ""),
    Column(("files_limit",), _("Files under one number, at most"), Figure(empty=None), "", ""),
    Column(("often",), _("Of a thousand visitors, so many come for it"), Figure(), "", "25"),
    Column(("position",), _("Place in the order"), Figure(), "", "1"),
    Column(
        ("depth",),
        _("How far it is followed here"),
        OneOf(Depth, Depth.TICKET),
        "",
        Depth.TICKET.label,
    ),
    Column(
        ("needs_qualification",),
        _("Only people qualified for it may serve it"),
        YesNo(),
        "",
        _("no"),
    ),
)


class Services(Table):
    """What the hall offers."""

    name = "services"
    title = _("Services")
    model = Service
    after = 1
    referred = "service"

    def columns(self, hall: Hall) -> tuple[Column, ...]:
        spoken = tuple(hall.languages) or ("zh-Hans",)
        name = texts(("name",), _("Name"), spoken, example=_("Identity card"), needed=True)
        group = Column(
            ("group",),
            _("Group"),
            One("group"),
            _("Its short code or its name; it must be there already."),
            "residence",
            needed=True,
        )
        summary = texts(("summary",), _("In one line"), spoken)
        guide = [
            one
            for part, label in guide_parts(policy(hall, RuleSet)).items()
            for one in texts(("guide", part), label, spoken)
        ]
        return (CODE, *name, group, *summary, *MORE, *guide, IN_USE)

    def rows(self, hall: Hall) -> Iterable[Service]:
        rows = hall.services.select_related("group", "department")
        return rows.order_by("group__position", "position", "pk")

    def holds(self, row: Any) -> Refused | None:
        count = held_for(row)
        return ServiceIsAwaited(count=count, service=row) if count else None

    def related(self, name: str) -> str:
        return name if name in ("group", "department") else ""


SERVICES = Services()
