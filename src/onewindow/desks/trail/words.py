"""What happened, in words: of each kind the thing it happened to, and what was done.

A kind that has no words here shows its name; nothing is left out for want of a word.
"""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onewindow.desks.setup.shown import DONE
from onewindow.desks.setup.tables import parts

Words = str | Promise


class Thing(NamedTuple):
    """What kinds with one beginning are about, and what can be done to it."""

    name: Words
    done: Mapping[str, Words]


THINGS: dict[str, Thing] = {
    "ticket": Thing(
        _("Ticket"),
        {
            "taken": _("taken"),
            "walked_in": _("taken at the window"),
            "called": _("called"),
            "called_given": _("called out of order"),
            "recalled": _("called again"),
            "started": _("service begun"),
            "parked": _("set aside"),
            "resumed": _("gone on with"),
            "transferred": _("passed on"),
            "finished": _("finished"),
            "missed": _("missed its call"),
            "no_show": _("never came"),
            "came_back": _("came back"),
            "arrived": _("has come from afar"),
            "brought_back": _("brought back into the queue"),
            "asked_for_time": _("asked for more time"),
            "waits_again": _("waits again"),
            "left": _("left"),
            "closed": _("closed"),
            "closed_by_date": _("closed at the end of the day"),
            "reprinted": _("slip printed again"),
        },
    ),
    "tickets": Thing(
        _("Tickets"),
        {"closed": _("closed together"), "back_filled": _("entered from paper")},
    ),
    "appointment": Thing(
        _("Appointment"),
        {
            "booked": _("booked"),
            "changed": _("changed"),
            "cancelled": _("cancelled"),
            "checked_in": _("checked in"),
            "called_up": _("taken into the queue"),
            "no_show": _("never came"),
        },
    ),
    "window": Thing(
        _("Window"),
        {
            "opened": _("opened"),
            "closed": _("closed"),
            "close_asked": _("to close after this ticket"),
            "pause_asked": _("to pause after this ticket"),
            "pause_taken_back": _("pause taken back"),
            "paused": _("paused"),
            "resumed": _("open again"),
            "held_back": _("asked to stay open"),
            "called_back": _("called back"),
            "let_go": _("let go"),
            "serves_for_now": _("serves other services for now"),
            "serves_as_ever": _("serves as ever again"),
        },
    ),
    "hall": Thing(
        _("Hall"),
        {
            "opened": _("opened for the day"),
            "closed": _("closed for the day"),
            "founded": _("founded"),
            "added": _("added"),
            "logo": _("another logo"),
        },
    ),
    "floor": Thing(_("Hall"), {}),
    "policy": Thing(_("Rules"), {}),
    "special-day": Thing(_("Special day"), {}),
    "topics": Thing(_("Questions asked"), {"named": _("named anew")}),
    "question": Thing(_("Question"), {"counted": _("counted"), "uncounted": _("count taken back")}),
    "help": Thing(_("Help"), {"given": _("given"), "confirmed": _("confirmed")}),
    "paper": Thing(_("Paper left behind"), {"left": _("found"), "given_back": _("given back")}),
    "check": Thing(_("Check of the round"), {}),
    "user": Thing(
        _("Person"),
        {
            "signed-in": _("signed in"),
            "signed-out": _("signed out"),
            "sign-ins-ended": _("sign-ins ended"),
            "password-set": _("new password"),
            "pin-set": _("new PIN"),
            "pin-forgotten": _("PIN taken away"),
            "unlocked": _("opened after failed sign-ins"),
            "switched-off": _("switched off"),
            "switched-on": _("switched on again"),
        },
    ),
    "role": Thing(_("Person"), {"given": _("role given"), "taken": _("role taken")}),
    "second-factor": Thing(
        _("Person"),
        {
            "set-up": _("second factor set up"),
            "reset": _("second factor taken away"),
            "turned-off": _("second factor turned off"),
            "codes-renewed": _("new recovery codes"),
            "recovery-code-used": _("recovery code used"),
        },
    ),
    "personal": Thing(_("Personal data"), {"seen": _("shown to somebody")}),
    "key": Thing(_("API key"), {"revoked": _("revoked")}),
    "device": Thing(
        _("Device"),
        {
            "paired": _("paired"),
            "placed": _("put in its place"),
            "renamed": _("renamed"),
            "retired": _("retired"),
            "reloaded": _("loaded anew"),
            "reached": _("reached its page"),
            "new-address": _("new address given"),
            "code-refused": _("pairing code refused"),
            "printing": _("its printer chosen"),
        },
    ),
    "kiosk": Thing(_("Device"), {"printer": _("printer's state changed")}),
    "printer": Thing(_("Printer"), {"paper": _("paper filled")}),
    "print": Thing(
        _("Printing"),
        {
            "queued": _("asked for"),
            "sent": _("sent"),
            "failed": _("failed"),
            "given-up": _("given up"),
        },
    ),
    "hook": Thing(
        _("Webhook"),
        {
            "new-secret": _("new secret"),
            "tested": _("tested"),
            "sent-again": _("sent again"),
            "answers-again": _("answers again"),
            "does-not-answer": _("does not answer"),
        },
    ),
    "alert": Thing(
        _("Alert"),
        {
            "raised": _("raised"),
            "taken-over": _("taken over"),
            "snoozed": _("put off"),
            "closed": _("closed"),
        },
    ),
    "emergency": Thing(_("Emergency"), {"declared": _("declared"), "ended": _("ended")}),
    "voice": Thing(
        _("Voice"),
        {"recorded": _("recorded"), "set": _("changed"), "sampled": _("sample said")},
    ),
    "message": Thing(
        _("Message"),
        {"queued": _("asked for"), "sent": _("sent"), "given-up": _("given up")},
    ),
    "deadline": Thing(
        _("Time limit"),
        {
            "started": _("begun"),
            "paused": _("paused"),
            "resumed": _("gone on with"),
            "moved": _("moved"),
            "reminded": _("reminded of"),
            "done": _("kept"),
        },
    ),
    "import": Thing(
        _("List"),
        {
            "brought": _("file brought"),
            "wanted": _("import asked for"),
            "undo-wanted": _("undoing asked for"),
        },
    ),
    "list": Thing(
        _("List"),
        {"asked": _("file asked for"), "streamed": _("taken as a file")},
    ),
    "export": Thing(
        _("Export"),
        {
            "asked": _("asked for"),
            "ready": _("ready to fetch"),
            "failed": _("failed"),
            "streamed": _("taken as a file"),
        },
    ),
    "installation": Thing(_("Installation"), {"outage": _("stood still")}),
    "outage": Thing(_("Outage"), {"settled": _("settled")}),
    "vault": Thing(_("Personal data"), {"rotated": _("closed with a new key")}),
    "trail": Thing(
        _("The history"),
        {
            "verify-asked": _("verifying asked for"),
            "verified": _("verified"),
            "exported": _("taken as a file"),
            "purged": _("old rows let go of"),
        },
    ),
    "demonstration": Thing(
        _("Demonstration"),
        {
            "paused": _("paused or gone on"),
            "traffic": _("more or fewer visitors"),
            "new-day": _("new day begun"),
            "happened": _("something happened, as asked for"),
        },
    ),
}

FIELDS: dict[str, Words] = {
    "window": _("Window"),
    "staff": _("Staff number"),
    "role": _("Role"),
    "reason": _("Reason"),
    "field": _("Field"),
    "first": _("First day"),
    "last": _("Last day"),
    "day": _("Day"),
    "rows": _("Rows"),
    "troubles": _("Troubles"),
    "service": _("Service"),
    "services": _("Services"),
    "outcome": _("Outcome"),
    "number": _("Number"),
    "channel": _("Taken at"),
    "name": _("Name"),
    "months": _("Months"),
    "who": _("Who"),
    "door": _("Through"),
    "address": _("Network address"),
    "kind": _("What happened"),
    "what": _("What happened"),
}

DOORS: dict[str, Words] = {
    "page": _("page"),
    "api": _("program (API)"),
    "job": _("installation"),
    "device": _("device"),
}

OF_SETTING_UP = ("made", "changed", "archived", "restored")


def thing(kind: str) -> str:
    """Return what a kind is about."""
    known, _dot, _verb = kind.partition(".")
    return str(THINGS[known].name if known in THINGS else set_up().get(known, known))


def done(kind: str) -> str:
    """Return what was done, or the kind's own name."""
    known, _dot, verb = kind.partition(".")
    own = THINGS[known].done if known in THINGS else {}
    return str(own.get(verb) or DONE.get(verb) or kind)


def set_up() -> dict[str, Words]:
    """Return the names of all that is set up, by the beginning of its kinds."""
    models = [(sheet, getattr(sheet.form, "_meta", None)) for p in parts() for sheet in p.sheets]
    return {meta.model._meta.model_name: sheet.title for sheet, meta in models if meta}


def kinds() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return all kinds as a filter offers them, by the thing; ``ticket.`` is any of a ticket."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    of_all = {known: [*one.done] for known, one in THINGS.items()}
    for known in set_up():
        of_all[known] = [*of_all.get(known, ()), *OF_SETTING_UP]
    for known, verbs in of_all.items():
        name = thing(f"{known}.")
        group = grouped.setdefault(name, [(f"{known}.", f"{name}: {_('anything')}")])
        group += [(f"{known}.{verb}", f"{name}: {done(f'{known}.{verb}')}") for verb in verbs]
    return [*grouped.items()]
