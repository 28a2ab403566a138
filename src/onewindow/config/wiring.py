"""Who listens to what: the kind of a trail row, and the handlers it calls inside its transaction.

A handler takes the entry and its subject. It inserts or enqueues, nothing else: what must lock or
may fail goes into a job that it enqueues.
"""

from onewindow.hooks.events import EVENTS

MOVES_OF_A_TICKET = (
    "ticket.taken",
    "ticket.walked_in",
    "ticket.called",
    "ticket.called_given",
    "ticket.started",
    "ticket.resumed",
    "ticket.parked",
    "ticket.asked_for_time",
    "ticket.waits_again",
    "ticket.transferred",
    "ticket.missed",
    "ticket.no_show",
    "ticket.arrived",
    "ticket.came_back",
    "ticket.brought_back",
    "ticket.finished",
    "ticket.left",
    "ticket.closed",
    "ticket.closed_by_date",
)

GUIDES = "onewindow.tickets.actions.guides.on_ticket"
HOOKS = "onewindow.hooks.actions.on_event"

ON_IMPORT = "onewindow.lists.tasks.on_import"

WIRING: dict[str, tuple[str, ...]] = {
    "message.queued": ("onewindow.base.notify.tasks.on_queued",),
    "import.brought": (ON_IMPORT,),
    "import.wanted": (ON_IMPORT,),
    "import.undo-wanted": (ON_IMPORT,),
    "list.asked": ("onewindow.lists.tasks.on_file",),
    "export.asked": ("onewindow.tickets.exports.tasks.on_export",),
    **dict.fromkeys(EVENTS, (HOOKS,)),
    **dict.fromkeys(MOVES_OF_A_TICKET, (GUIDES, HOOKS)),
    "ticket.taken": (GUIDES, HOOKS, "onewindow.tickets.actions.papers.on_taken"),
    "installation.outage": ("onewindow.tickets.actions.outages.on_outage",),
    "print.queued": ("onewindow.printing.tasks.on_queued",),
    "trail.verify-asked": ("onewindow.base.trail.tasks.on_asked",),
}
