"""People who were brought: made and changed by the verbs of accounts, all of it or nothing.

Nobody is staged: what was written about people stays in the history, so it must not be taken back.
Passwords are hashed before the transaction, which then holds others up for milliseconds a person.
"""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from onewindow.accounts import actions as people
from onewindow.accounts.actions.roles import LASTING
from onewindow.accounts.models import User
from onewindow.accounts.passwords import one_time_password
from onewindow.accounts.states import Role
from onewindow.base import clocks
from onewindow.base.action import action, whole
from onewindow.base.halls.models import Hall
from onewindow.base.rows import change_many
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused
from onewindow.lists.actions.check import TakenAway, go_on
from onewindow.lists.actions.undo import leave, plan_back
from onewindow.lists.actions.write import Moved, StillNeeded
from onewindow.lists.checking import Change, Plan
from onewindow.lists.models import Import, Line
from onewindow.lists.roles import EVERYWHERE, Mark, Places, mark, marks
from onewindow.lists.states import Did, ImportState

KEPT = timedelta(hours=24)
Passwords = dict[str, str]  # by staff number


class PasswordsGone(Refused):
    """They were fetched, or a day is over."""

    sentence = _("These passwords are gone: they are fetched once, within a day.")


class Turn(NamedTuple):
    """What becomes of a person. ``active`` None: as it is; ``line``: of the file."""

    row: User
    values: dict[str, Any]
    active: bool | None
    line: int


def make_passwords(brought: Import, plan: Plan) -> Passwords:
    """Give everybody new a password for once, hashed on the row. It takes long; see how far."""
    new = [one.row for one in plan.changes if one.did == Did.MADE]
    made: Passwords = {}
    for done, row in enumerate(new, 1):
        made[row.staff_number] = one_time_password()
        row.set_password(made[row.staff_number])
        go_on(brought, done, len(new))
    return made


def bring(brought: Import, plan: Plan, passwords: Passwords) -> None:
    """Write a checked list of people in one transaction. Raise Moved, StillNeeded, TakenAway."""
    try:
        with whole():
            _bring(brought, plan, passwords)
    except IntegrityError as no:  # a staff number was taken meanwhile
        raise Moved from no


def _bring(brought: Import, plan: Plan, passwords: Passwords) -> None:
    _still_so(plan, brought.hall)
    new = [one for one in plan.changes if one.did == Did.MADE]
    for one in new:
        people.add_user(user=one.row, by=brought.by)
    _turn([_turned(one) for one in plan.changes], brought.by)
    lines = {one.row: one.pk for one in brought.lines.filter(did=Did.MADE)}
    change_many(Line, [(lines[one.line], {"thing_id": one.row.pk}) for one in new])
    told: dict[str, Any] = {"counts": plan.counts, "digest": plan.digest}
    entry = record("list.imported", brought, by=brought.by, label=brought.kind, **told)
    now, kept = clocks.now(), json.dumps(passwords) if passwords else ""
    done = {"entry": entry.pk, "written_at": now, "seen_at": now, "passwords": kept}
    if not brought.move(ImportState.DONE, **done):
        raise TakenAway


def _turned(one: Change) -> Turn:
    active = {Did.ARCHIVED: False, Did.RESTORED: True}.get(one.did)
    return Turn(one.row, one.values, active, one.line)


def _still_so(plan: Plan, hall: Hall) -> None:
    """Lock who is changed. Raise Moved when somebody is another than the plan stands on."""
    old = {one.row.pk: one for one in plan.changes if one.did != Did.MADE}
    list(User.objects.select_for_update(no_key=True).filter(pk__in=old).order_by("pk"))
    for table in {one.table for one in old.values()}:
        there = {row.pk: row for row in table.rows(hall)}
        for pk, one in old.items():
            row = there.get(pk)
            if row is None or table.archived(row) != table.archived(one.row):
                raise Moved
            if any(table.now(row, name) != was for name, (was, _new) in one.changes.items()):
                raise Moved


def put_back(brought: Import) -> None:
    """Undo a list of people in one transaction: who was new is switched off. Raise TakenAway."""
    with whole():
        back = plan_back(brought, brought.hall)
        if back.problems:
            leave(brought, back.problems)
            return
        turns = [Turn(one.row, one.values, None, one.line) for one in back.change]
        turns += [Turn(row, {}, False, 0) for _table, row in back.archive]
        turns += [Turn(row, {}, True, 0) for _table, row in back.restore]
        _turn(turns, brought.by)
        entry = record("list.undone", brought, by=brought.by, label=brought.kind)
        done = {"undone_entry": entry.pk, "seen_at": clocks.now(), "passwords": ""}
        if not brought.move(ImportState.UNDONE, **done):
            raise TakenAway


def _turn(turns: Sequence[Turn], by: By) -> None:
    """Change people; what somebody must hold is given before it is taken from another."""
    for one in turns:
        if one.active and one.row.pk:
            people.activate(user=one.row, by=by)
        own = {"name": one.row.name, "language": one.row.language}
        new = own | {name: one.values[name] for name in own.keys() & one.values.keys()}
        if new != own:
            people.edit_person(user=one.row, by=by, **new)
    _roles([one for one in turns if "roles" in one.values], by)
    for one in turns:
        if one.active is False:
            _told(one, people.deactivate, user=one.row, by=by)


def _roles(turns: Sequence[Turn], by: By) -> None:
    places = Places() if turns else None
    _take(turns, by, lasting=False)
    for one in turns:
        now = set(marks(getattr(one.row, "held", [])))
        for text in one.values["roles"]:
            if places is not None and text not in now:
                _told(one, people.give_role, user=one.row, by=by, **_place(mark(text), places))
    _take(turns, by, lasting=True)


def _place(wanted: Mark, places: Places) -> dict[str, Any]:
    hall = None if wanted.hall == EVERYWHERE else places.halls[wanted.hall]
    department = places.departments[wanted.department] if wanted.department else None
    return {"role": Role(wanted.role), "hall": hall, "department": department}


def _take(turns: Sequence[Turn], by: By, *, lasting: bool) -> None:
    for one in turns:
        kept = {mark(text)[:2] for text in one.values["roles"]}
        for member in getattr(one.row, "held", []):
            gone = mark(*marks([member]))[:2] not in kept
            if gone and (member.role in LASTING) == lasting:
                _told(one, people.take_role, member=member, by=by)


def _told(one: Turn, verb: Any, **given: Any) -> None:
    """Do it, and say of which row it is when it is refused."""
    try:
        verb(**given)
    except Refused as no:
        raise StillNeeded(row=one.line or one.row.staff_number, why=no) from no


@action
def take_passwords(*, brought: Import, by: By) -> Passwords:
    """Hand the passwords to who brought the list, and forget them. Raise PasswordsGone."""
    held = Import.objects.select_for_update(no_key=True).get(pk=brought.pk)
    if not held.passwords or not held.written_at or held.written_at < clocks.now() - KEPT:
        raise PasswordsGone
    found: Passwords = json.loads(held.passwords)
    forget_passwords(held)
    record("import.passwords-fetched", held, by=by, label=held.kind)
    return found


@action
def forget_passwords(brought: Import) -> None:
    """Forget passwords that nobody may fetch any more."""
    brought.passwords = ""
    brought.save(update_fields=["passwords"])


def purge() -> int:
    """Forget what was not fetched within a day. Called by the clock."""
    late = Import.objects.filter(written_at__lt=clocks.now() - KEPT).exclude(passwords="")
    found = list(late)
    for one in found:
        forget_passwords(one)
    return len(found)
