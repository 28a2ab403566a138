"""The yes/no questions that decide which papers a visitor needs."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.models import Hall
from onewindow.base.web.refused import Refused
from onewindow.catalogue.actions import ConditionIsAsked
from onewindow.catalogue.models import Condition
from onewindow.lists.columns import Code, Column, texts
from onewindow.lists.tables.table import IN_USE, Table

CODE = Column(
    ("code",),
    _("Short code"),
    Code(20),
    _("Letters, figures and hyphens; papers may name it."),
    "agent",
    needed=True,
)


class Questions(Table):
    """Conditions of papers."""

    name = "questions"
    title = _("Yes/no questions")
    model = Condition
    after = 0
    referred = "question"

    def columns(self, hall: Hall) -> tuple[Column, ...]:
        spoken = tuple(hall.languages) or ("zh-Hans",)
        asked = texts(
            ("question",),
            _("Question"),
            spoken,
            about=_("Answered by yes or no."),
            example=_("Is somebody else applying for you?"),
            needed=True,
        )
        return (CODE, *asked, IN_USE)

    def rows(self, hall: Hall) -> Iterable[Condition]:
        return hall.conditions.order_by("code")

    def holds(self, row: Any) -> Refused | None:
        count = row.material_set.filter(archived_at=None, service__archived_at=None).count()
        return ConditionIsAsked(count=count) if count else None


QUESTIONS = Questions()
