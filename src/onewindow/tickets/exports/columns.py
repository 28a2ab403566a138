"""The columns of an export: headings in both languages, values in the reader's."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Choices

from onewindow.base.halls.models import Hall
from onewindow.base.halls.text import said
from onewindow.tickets.states import Channel, Outcome, OutOfOrder, State

Value = str | int
COLUMNS: dict[str, str] = {  # the field, and its heading
    "day": "日期 Date",
    "visit__number": "号码 Number",
    "service__code": "事项编码 Service code",
    "service__name": "事项 Service",
    "visit__channel": "取号方式 Channel",
    "state": "状态 State",
    "outcome": "办理结果 Outcome",
    "window__label": "窗口 Window",
    "joined_at": "取号时间 Taken",
    "called_at": "呼叫时间 Called",
    "started_at": "开始时间 Started",
    "ended_at": "结束时间 Ended",
    "waiting_s": "等候（秒） Waiting (s)",
    "walking_s": "到窗（秒） Walking (s)",
    "service_s": "服务（秒） Service (s)",
    "parked_s": "挂起（秒） Set aside (s)",
    "told_p50_s": "告知等候中位数（秒） Told wait P50 (s)",
    "told_p80_s": "告知等候上限（秒） Told wait P80 (s)",
    "recalls": "重呼次数 Calls again",
    "misses": "过号次数 Misses",
    "files": "件数 Files",
    "out_of_order": "提前呼叫原因 Out of order",
}
HEADINGS = list(COLUMNS.values())
IN_WORDS: dict[str, type[Choices]] = {
    "state": State,
    "outcome": Outcome,
    "visit__channel": Channel,
    "out_of_order": OutOfOrder,
}
MOMENT = "%Y-%m-%d %H:%M:%S"


def reader(hall: Hall) -> Callable[[Iterable[Any]], list[Value]]:
    """Return what turns the database's values into a row, in the language now spoken."""
    zone = hall.zone
    words = {
        name: {str(value): str(label) for value, label in kind.choices}
        for name, kind in IN_WORDS.items()
    }
    in_words = [words.get(name) for name in COLUMNS]

    def read(values: Iterable[Any]) -> list[Value]:
        return [
            known.get(value, value) if known else _plain(value, zone)
            for value, known in zip(values, in_words, strict=True)
        ]

    return read


def _plain(value: Any, zone: Any) -> Value:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime(MOMENT)
    if isinstance(value, dict):
        return said(value)
    return value if isinstance(value, int) else str(value)
