"""Booking a time, moving it, giving it back."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from onewindow.base.deadlines.models import Hours
from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.halls import memory
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.notify.models import Message
from onewindow.base.trail.models import Entry
from onewindow.catalogue.models import Service
from onewindow.floor import actions as floor
from onewindow.tickets import appointments, slots
from onewindow.tickets.actions import reminders
from onewindow.tickets.actions.appointments import (
    AlreadyBooked,
    PhoneMissing,
    TimeIsTaken,
    TooLateToChange,
    TooManyNoShows,
    book,
    cancel,
    change,
)
from onewindow.tickets.models import Appointment, NotBooked
from onewindow.tickets.slots import AppointmentPolicy
from onewindow.tickets.states import AppointmentState
from onewindow.tickets.tests.conftest import VISITOR, Take, offer
from onewindow.tickets.tests.make import Book, at
from tests.fixtures.world import SHANGHAI, Clock

TOMORROW = date(2026, 6, 9)


@pytest.fixture
def hall(hall: Hall) -> Hall:
    """A hall open from nine to twelve and from half past one to five, Monday to Friday."""
    for weekday in range(5):
        for opens, closes in (("09:00", "12:00"), ("13:30", "17:00")):
            Hours.objects.create(hall=hall, weekday=weekday, opens=opens, closes=closes)
    set_policy(hall, HoursPolicy())
    return hall


def times(hall: Hall, service: Service, day: date) -> list[str]:
    """The times of a day that are still free."""
    found = appointments.free_slots(hall, service, day)
    return [f"{slot.starts_at.astimezone(hall.zone):%H:%M}" for slot in found if slot.free]


def test_times_lie_within_the_opening_hours(hall: Hall, service: Service) -> None:
    found = times(hall, service, TOMORROW)
    assert (found[0], found[-1], len(found)) == ("09:00", "16:30", 13)
    assert ("11:30" in found, "12:00" in found, "13:30" in found) == (True, False, True)


def test_of_today_only_what_is_to_come_is_offered(hall: Hall, service: Service) -> None:
    assert times(hall, service, hall.today())[:2] == ["10:30", "11:00"]


def test_one_books_within_five_working_days(hall: Hall, service: Service) -> None:
    found = appointments.days(hall, service)
    assert (found[0], found[-1], len(found)) == (date(2026, 6, 8), date(2026, 6, 15), 6)
    assert times(hall, service, date(2026, 6, 16)) == []


def test_a_hall_that_was_closed_offers_no_more_of_today(hall: Hall, service: Service) -> None:
    floor.close_hall(hall=hall, by=VISITOR)
    assert times(hall, service, hall.today()) == []
    assert times(hall, service, TOMORROW) != []


def test_a_service_without_capacity_is_not_offered(hall: Hall, service: Service) -> None:
    other = offer(hall)
    set_policy(hall, AppointmentPolicy(of_services={service.code: 0}))
    assert appointments.bookable(hall) == [other]
    assert times(hall, service, TOMORROW) == []


def test_a_booking_has_a_code_and_a_page_of_its_own(booked: Book, hall: Hall) -> None:
    made = booked("14:00", day=TOMORROW, name="Li", language="en", answers={"agent": True})
    kept = Appointment.objects.get()
    assert (len(kept.code), len(kept.token), kept.state) == (6, 32, AppointmentState.BOOKED)
    assert (kept.day, kept.starts_at) == (TOMORROW, at("14:00", TOMORROW))
    assert (kept.name, kept.phone, kept.language) == ("Li", "13800001234", "en")
    assert (
        appointments.appointment_by_code(hall, f" {made.code.lower()[:3]} {made.code[3:]}") == kept
    )
    assert appointments.appointment_by_token(hall, made.token) == kept


def test_a_booking_is_on_the_trail_without_who_it_is(booked: Book) -> None:
    booked("14:00", day=TOMORROW, name="Li")
    entry = Entry.objects.get(kind="appointment.booked")
    assert entry.data == {"service": "ID-01", "starts_at": at("14:00", TOMORROW).isoformat()}


def test_a_full_time_is_refused(booked: Book, hall: Hall, service: Service) -> None:
    booked("14:00", phone="13800000001")
    booked("14:00", phone="13800000002")
    assert "14:00" not in times(hall, service, hall.today())
    with pytest.raises(TimeIsTaken):
        booked("14:00", phone="13800000003")


@pytest.mark.parametrize("wrong", ["09:30", "12:00", "14:10", "20:00"])
def test_a_time_that_is_past_or_none_is_refused(booked: Book, wrong: str) -> None:
    with pytest.raises(TimeIsTaken):
        booked(wrong)


def test_a_person_has_one_appointment_a_day_for_a_service(booked: Book, hall: Hall) -> None:
    booked("14:00", phone="+86 138 0000 1234")
    with pytest.raises(AlreadyBooked):
        booked("15:00", phone="138-0000-1234")
    booked("15:00", day=TOMORROW)
    booked("15:00", service=offer(hall))
    assert Appointment.objects.count() == 3


def test_the_database_itself_keeps_one_a_day(booked: Book) -> None:
    made = booked("14:00")
    made.pk, made.code, made.token = None, "OTHER2", "0" * 32
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save()


def test_a_cap_of_the_day_binds_bookings(booked: Book, hall: Hall) -> None:
    capped = offer(hall, day_cap=1)
    booked("14:00", service=capped)
    with pytest.raises(TimeIsTaken):
        booked("15:00", service=capped, phone="13900000000")


def test_without_a_phone_number_nothing_is_booked(booked: Book) -> None:
    with pytest.raises(PhoneMissing):
        booked("14:00", phone=" - ")


def test_a_cancelled_time_is_free_again(booked: Book, hall: Hall, service: Service) -> None:
    made = booked("14:00")
    cancel(appointment=made, by=VISITOR)
    assert Appointment.objects.get().state == AppointmentState.CANCELLED
    assert Entry.objects.filter(kind="appointment.cancelled").exists()
    with pytest.raises(NotBooked):
        cancel(appointment=made, by=VISITOR)
    booked("14:00")


def test_a_moved_appointment_frees_its_old_time(booked: Book, hall: Hall, service: Service) -> None:
    set_policy(hall, AppointmentPolicy(per_slot=1))
    made = booked("14:00")
    moved = change(appointment=made, starts_at=at("15:00", TOMORROW), by=VISITOR)
    assert (moved.day, moved.code) == (TOMORROW, made.code)
    assert "14:00" in times(hall, service, hall.today())
    assert "15:00" not in times(hall, service, TOMORROW)
    entry = Entry.objects.get(kind="appointment.changed")
    assert entry.data["before"] == at("14:00").isoformat()


def test_a_move_to_the_same_time_changes_nothing(booked: Book, hall: Hall) -> None:
    set_policy(hall, AppointmentPolicy(per_slot=1))
    made = booked("14:00")
    assert change(appointment=made, starts_at=made.starts_at, by=VISITOR).starts_at == at("14:00")


def test_a_move_to_a_full_time_is_refused(booked: Book, hall: Hall) -> None:
    set_policy(hall, AppointmentPolicy(per_slot=1))
    booked("15:00", phone="13900000000")
    with pytest.raises(TimeIsTaken):
        change(appointment=booked("14:00"), starts_at=at("15:00"), by=VISITOR)


def test_a_move_onto_another_booking_of_the_same_person_is_refused(booked: Book) -> None:
    booked("14:00", day=TOMORROW)
    with pytest.raises(AlreadyBooked):
        change(appointment=booked("14:00"), starts_at=at("15:00", TOMORROW), by=VISITOR)


def test_shortly_before_nothing_is_changed_any_more(booked: Book, clock: Clock) -> None:
    made = booked("14:00")
    clock.set(at("12:00"))
    change(appointment=made, starts_at=at("14:30"), by=VISITOR)
    clock.set(at("12:31"))
    with pytest.raises(TooLateToChange):
        cancel(appointment=made, by=VISITOR)
    with pytest.raises(TooLateToChange):
        change(appointment=made, starts_at=at("16:00"), by=VISITOR)


def test_who_did_not_come_is_noted_after_closing(booked: Book, clock: Clock) -> None:
    made, tomorrow = booked("14:00"), booked("14:00", day=TOMORROW)
    clock.set(at("16:59"))
    reminders.run()
    assert made.state == AppointmentState.BOOKED
    clock.set(at("17:01"))
    assert reminders.run() == 1
    made.refresh_from_db()
    tomorrow.refresh_from_db()
    assert (made.state, tomorrow.state) == ("no_show", "booked")
    assert Entry.objects.get(kind="appointment.no_show").subject_id == made.pk
    assert reminders.run() == 0


def test_no_shows_are_held_against_nobody_unless_the_hall_says_so(
    booked: Book, hall: Hall, clock: Clock
) -> None:
    booked("14:00")
    clock.set(at("09:30", TOMORROW))
    reminders.run()
    booked("14:00", day=TOMORROW)
    set_policy(hall, AppointmentPolicy(no_shows=1))
    with pytest.raises(TooManyNoShows):
        booked("14:00", day=TOMORROW + timedelta(days=1))


def test_a_limit_on_bookings_never_keeps_anybody_from_a_number(
    booked: Book, hall: Hall, clock: Clock, take: Take
) -> None:
    set_policy(hall, AppointmentPolicy(no_shows=1, per_slot=1))
    booked("14:00")
    clock.set(at("09:30", TOMORROW))
    reminders.run()
    assert take(phone="13800001234").number == "A001"


@pytest.fixture
def gateway(settings: object) -> None:
    """Text messages go out."""
    settings.GATEWAY_URL = "https://gateway.example"  # type: ignore[attr-defined]


def said() -> list[str]:
    """The templates of the messages so far."""
    return list(Message.objects.order_by("pk").values_list("template", flat=True))


def test_without_a_gateway_nothing_is_put_down(booked: Book) -> None:
    cancel(appointment=booked("14:00"), by=VISITOR)
    assert said() == []


@pytest.mark.usefixtures("gateway")
def test_a_booking_is_confirmed_and_reminded_of_twice(booked: Book, clock: Clock) -> None:
    booked("14:00", day=TOMORROW, language="en")
    clock.set(at("15:59"))
    reminders.run()
    assert said() == ["appointment.booked"]
    clock.set(at("16:00"))
    assert (reminders.run(), reminders.run()) == (1, 0)
    assert said()[1:] == ["appointment.tomorrow"]
    clock.set(at("13:00", TOMORROW))
    assert (reminders.run(), reminders.run()) == (1, 0)
    assert said()[2:] == ["appointment.soon"]
    message = Message.objects.latest("pk")
    assert (message.to, message.language) == ("13800001234", "en")
    assert message.context["time"] == "14:00"
    assert "13800001234" not in str(message.context)


@pytest.mark.usefixtures("gateway")
def test_a_change_and_a_cancellation_are_confirmed(booked: Book, clock: Clock) -> None:
    made = booked("14:00", day=TOMORROW)
    change(appointment=made, starts_at=at("15:00", TOMORROW), by=VISITOR)
    cancel(appointment=made, by=VISITOR)
    clock.set(at("14:00", TOMORROW))
    reminders.run()
    assert said() == ["appointment.booked", "appointment.changed", "appointment.cancelled"]


@pytest.mark.usefixtures("gateway")
def test_a_reminder_that_comes_too_late_is_left_out(booked: Book, clock: Clock) -> None:
    booked("14:00", day=TOMORROW)
    clock.set(at("14:30", TOMORROW))
    reminders.run()
    assert said() == ["appointment.booked"]


def test_reminders_follow_the_hall_s_own_clock() -> None:
    booked, rules = at("14:00", TOMORROW), AppointmentPolicy(remind_at="18:30")
    first = slots.next_reminder(booked, at("09:00"), SHANGHAI, rules)
    assert first == at("18:30")
    assert slots.next_reminder(booked, at("18:30"), SHANGHAI, rules) == at("13:00", TOMORROW)
    assert slots.next_reminder(booked, at("13:00", TOMORROW), SHANGHAI, rules) is None


def test_another_hall_does_not_know_the_code(booked: Book, other_hall: Hall) -> None:
    made = booked("14:00")
    memory.forget()
    with pytest.raises(appointments.UnknownAppointment):
        appointments.appointment_by_code(other_hall, made.code)


def test_a_list_of_the_day_finds_by_code_and_by_phone(booked: Book, hall: Hall) -> None:
    first, other = booked("14:00"), booked("15:00", phone="13900000000")
    today = hall.today()
    assert list(appointments.appointments_of(hall, today)) == [first, other]
    assert list(appointments.appointments_of(hall, today, other.code.lower())) == [other]
    assert list(appointments.appointments_of(hall, today, "+86 138-0000-1234")) == [first]
    assert list(appointments.appointments_of(hall, today, "nobody")) == []


def test_a_phone_number_of_another_service_books_twice(
    booked: Book, hall: Hall, service: Service
) -> None:
    assert (
        book(
            hall=hall, service=service, starts_at=at("14:00"), phone="0086 13800001234", by=VISITOR
        ).phone_index
        == booked("14:00", service=offer(hall)).phone_index
    )
