"""The emergency message of a hall."""

import pytest

from onewindow.alerts.actions import EmergencyStands, declare_emergency, end_emergency
from onewindow.alerts.queries import emergency
from onewindow.alerts.states import EmergencyKind
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.queries import history


def test_it_stands_until_it_is_ended(hall: Hall, other_hall: Hall, by: By) -> None:
    declared = declare_emergency(hall=hall, kind=EmergencyKind.EVACUATE, by=by)
    assert emergency(hall) == declared
    assert emergency(other_hall) is None
    assert str(declared) == "Please leave the hall now by the nearest exit."
    end_emergency(hall=hall, by=by)
    end_emergency(hall=hall, by=by)
    assert emergency(hall) is None
    kinds = [row.kind for row in history(declared)]
    assert kinds == ["emergency.declared", "emergency.ended"]


def test_it_wakes_every_screen(hall: Hall, by: By) -> None:
    declared = declare_emergency(hall=hall, kind=EmergencyKind.MEDICAL, by=by)
    assert history(declared).get().topics == "alert hall"


def test_there_is_one_at_a_time(hall: Hall, by: By) -> None:
    declare_emergency(hall=hall, kind=EmergencyKind.EVACUATE, by=by)
    with pytest.raises(EmergencyStands):
        declare_emergency(hall=hall, kind=EmergencyKind.MEDICAL, by=by)


def test_it_may_say_something_of_its_own(hall: Hall, by: By) -> None:
    text = {"en": "Water in zone east.", "zh-Hans": "东区漏水。"}
    assert (
        str(declare_emergency(hall=hall, kind=EmergencyKind.OTHER, text=text, by=by)) == text["en"]
    )
