"""Set-up by hand: a table of sheets, and the few pages that show any of them.

A sheet says what may be set up (zones, services, opening hours ...), with which form, by which
verbs and by whom; ``views`` turns each into a list, an edit page, a history and an archive. A new
thing to set up is one more sheet in ``tables``.
"""
