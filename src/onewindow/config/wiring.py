"""Who listens to what: the kind of a trail row, and the handlers it calls inside its transaction.

A handler takes the entry and its subject. It inserts or enqueues, nothing else: what must lock or
may fail goes into a job that it enqueues.
"""

WIRING: dict[str, tuple[str, ...]] = {
    "message.queued": ("onewindow.base.notify.tasks.on_queued",),
}
