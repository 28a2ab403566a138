"""A ticket's life, lived at random: whatever is done in whatever order, the invariants hold."""

from collections import Counter as Tally
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.halls import memory
from onewindow.base.halls.policies import set_policy
from onewindow.base.halls.tests.make import HallFactory
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.base.web.refused import Refused
from onewindow.catalogue.tests.make import GroupFactory, ServiceFactory
from onewindow.floor import actions as floor
from onewindow.floor.models import Window
from onewindow.floor.states import PauseReason
from onewindow.floor.tests import make
from onewindow.tickets import actions
from onewindow.tickets.actions import sweep
from onewindow.tickets.models import Counter, Ticket, Visit
from onewindow.tickets.rules import TicketPolicy
from onewindow.tickets.states import (
    AT_WINDOW,
    OPEN,
    Channel,
    Outcome,
    OutOfOrder,
    Priority,
    State,
    TransferTo,
)
from tests.fixtures.world import MONDAY_AT_TEN, Clock

BY = By("user", 1, "1001")
ANY = st.integers(min_value=0, max_value=999)  # which of those there are, whatever their number
PLAIN = {
    "recall": actions.recall,
    "start": actions.start,
    "park": actions.park,
    "later": actions.later,
    "resume": actions.resume,
    "miss": actions.miss,
    "come back": actions.come_back,
    "leave": actions.leave,
}


class Life(RuleBasedStateMachine):
    """Three windows, three services in two series, families, and time that passes."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.stack.callback(transaction.set_rollback, True)
        self.clock = Clock(self.stack)
        self.clock.set(MONDAY_AT_TEN)
        memory.forget()
        self.states: dict[int, str] = {}
        self.last_entry = 0

    def teardown(self) -> None:
        self.stack.close()
        memory.forget()

    @initialize()
    def furnish(self) -> None:
        self.hall = HallFactory.create()
        set_policy(self.hall, HoursPolicy(always_open=True))
        set_policy(self.hall, TicketPolicy(miss_after_recalls=1))
        tax = GroupFactory.create(hall=self.hall, series="B")
        one, two = (ServiceFactory.create(hall=self.hall) for _ in range(2))
        three = ServiceFactory.create(hall=self.hall, group=tax)
        self.services = [one, two, three]
        self.windows = [
            make.window(self.hall, one, two, label="5"),
            make.window(self.hall, one, three, label="6"),
            make.window(self.hall, two, second=(three,), label="7"),
        ]
        memory.changed(self.hall)
        for window in self.windows:
            floor.open_window(window=window, by=BY)

    def attempt(self, verb: Callable[..., Any], **given: Any) -> None:
        """Do it; a refusal is an answer too, and changes nothing."""
        before = self.picture()
        try:
            verb(by=BY, **given)
        except Refused:
            assert self.picture() == before

    def picture(self) -> tuple[Any, ...]:
        return (
            list(Ticket.objects.order_by("pk").values_list()),
            list(Visit.objects.order_by("pk").values_list("pk", "at")),
            Entry.objects.count(),
        )

    def ticket(self, any_: int) -> Ticket | None:
        """One of the tickets, rather an open one."""
        found = list(Ticket.objects.filter(hall=self.hall).order_by("pk"))
        still = [one for one in found if one.state in OPEN or one.state == State.NO_SHOW]
        some = still if still and any_ % 5 else found
        return some[any_ % len(some)] if some else None

    def window(self, any_: int) -> Window:
        return self.windows[any_ % 3]

    @rule(service=ANY, priority=st.sampled_from(Priority))
    def take(self, service: int, priority: Priority) -> None:
        self.attempt(
            actions.take,
            hall=self.hall,
            service=self.services[service % 3],
            channel=Channel.KIOSK,
            priority=priority,
        )

    @rule(ticket=ANY, service=ANY)
    def one_more_service(self, ticket: int, service: int) -> None:
        if found := self.ticket(ticket):
            more = {"service": self.services[service % 3], "visit": found.visit}
            self.attempt(actions.take, hall=self.hall, channel=Channel.DESK, **more)

    @rule(window=ANY, service=ANY)
    def walk_in(self, window: int, service: int) -> None:
        given = {"window": self.window(window), "service": self.services[service % 3]}
        self.attempt(actions.walk_in, **given)

    @rule(window=ANY)
    def call_next(self, window: int) -> None:
        self.attempt(actions.call_next, window=self.window(window))

    @rule(window=ANY, ticket=ANY, reason=st.sampled_from(["", *OutOfOrder]))
    def call(self, window: int, ticket: int, reason: str) -> None:
        if found := self.ticket(ticket):
            given = {"window": self.window(window), "ticket": found, "reason": reason}
            self.attempt(actions.call, **given)

    @rule(verb=st.sampled_from(sorted(PLAIN)), ticket=ANY)
    def do(self, verb: str, ticket: int) -> None:
        if found := self.ticket(ticket):
            self.attempt(PLAIN[verb], ticket=found)

    @rule(ticket=ANY, outcome=st.sampled_from(Outcome), files=st.integers(1, 9))
    def finish(self, ticket: int, outcome: Outcome, files: int) -> None:
        if found := self.ticket(ticket):
            self.attempt(actions.finish, ticket=found, outcome=outcome, files=files)

    @rule(ticket=ANY, window=ANY)
    def fetch(self, ticket: int, window: int) -> None:
        if found := self.ticket(ticket):
            self.attempt(actions.resume, ticket=found, window=self.window(window))

    @rule(ticket=ANY, to=ANY, place=st.sampled_from(TransferTo), back=st.booleans())
    def transfer(self, ticket: int, to: int, place: TransferTo, back: bool) -> None:
        if found := self.ticket(ticket):
            where = {"window": self.window(to)} if to % 2 else {"service": self.services[to % 3]}
            self.attempt(actions.transfer, ticket=found, place=place, come_back=back, **where)

    @rule(ticket=ANY, words=st.sampled_from(["", "was at the copier"]))
    def bring_back(self, ticket: int, words: str) -> None:
        if found := self.ticket(ticket):
            self.attempt(actions.bring_back, ticket=found, reason=words)

    @rule(ticket=ANY)
    def close(self, ticket: int) -> None:
        if found := self.ticket(ticket):
            self.attempt(actions.close_ticket, ticket=found, offered="tomorrow at nine")

    @rule(window=ANY, what=st.integers(0, 3))
    def at_window(self, window: int, what: int) -> None:
        given = {"window": self.window(window)}
        if what == 0:
            self.attempt(actions.pause_window, reason=PauseReason.BREAK, **given)
        elif what == 1:
            self.attempt(actions.close_window, **given)
        else:
            self.attempt(actions.open_window, **given)

    @rule(seconds=st.sampled_from([1, 50, 300, 1900]))
    def time_passes(self, seconds: int) -> None:
        self.clock.forward(seconds=seconds)
        sweep.run()

    @rule()
    def the_night_passes(self) -> None:
        if Ticket.objects.count() > 8:
            self.clock.forward(hours=24)
            sweep.run()
            assert not Ticket.objects.filter(state__in=OPEN).exists()

    @invariant()
    def one_ticket_a_window_and_one_window_a_visit(self) -> None:
        here = list(Ticket.objects.filter(state__in=AT_WINDOW).values_list("visit_id", "window_id"))
        assert all(window for _, window in here)
        assert max(Tally(window for _, window in here).values(), default=0) <= 1
        assert max(Tally(visit for visit, _ in here).values(), default=0) <= 1
        at = Visit.objects.exclude(at=None).values_list("pk", "at_id")
        assert sorted(at) == sorted(here)

    @invariant()
    def numbers_have_neither_twins_nor_gaps(self) -> None:
        drawn: dict[tuple[Any, ...], list[int]] = {}
        for *series, sequence in Visit.objects.values_list("hall", "series", "day", "sequence"):
            drawn.setdefault(tuple(series), []).append(sequence)
        last = {
            tuple(key): n
            for *key, n in Counter.objects.values_list("hall", "series", "day", "last")
        }
        assert {key: len(found) for key, found in drawn.items()} == last
        assert all(sorted(found) == [*range(1, len(found) + 1)] for found in drawn.values())

    @invariant()
    def intervals_add_up(self) -> None:
        for one in Ticket.objects.all():
            spent = one.waiting_s + one.walking_s + one.service_s + one.parked_s
            assert 0 <= spent <= (one.changed_at - one.joined_at).total_seconds()
            assert (one.ended_at is None) == (one.state in OPEN)
            assert (one.until is None) == (one.state not in (State.PARKED, State.MISSED))
            assert one.only_window_id is None or one.state not in (*AT_WINDOW, State.DONE)

    @invariant()
    def every_move_is_written_down(self) -> None:
        states = dict(Ticket.objects.values_list("pk", "state"))
        moved = {pk for pk, state in states.items() if self.states.get(pk) != state}
        rows = Entry.objects.filter(pk__gt=self.last_entry).order_by("pk")
        told = list(rows.values_list("pk", "subject", "subject_id"))
        assert moved <= {pk for _, subject, pk in told if subject == "tickets.ticket"}
        self.states, self.last_entry = states, told[-1][0] if told else self.last_entry


@pytest.mark.django_db
def test_whatever_happens_the_invariants_hold() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=12,
            stateful_step_count=40,
            deadline=None,
            database=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )
