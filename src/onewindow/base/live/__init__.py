"""Live screens: a committed change wakes the screens that listen to its topic.

**On a page.** ``{% load live %}`` and, once, ``{% live "ticket" "window.5" %}`` (the hall comes
from the context; ``{% live "ticket" hall=other %}`` names it). It writes a signed list of topics
and the script that opens the stream. A panel then asks for itself again with

    <div hx-get="..." hx-trigger="sse:window.5 from:body">

A topic is a noun (``ticket``) or a noun with a scope (``window.5``, ``visit.A037``). The stream
carries topics and never data. ``<body data-live="on|off">`` says whether the stream lives (``off``
after five lost seconds); the event ``live:state`` on the body tells of a change. Requests made by
a woken screen carry ``X-Woken``: they must not prolong a session.

**In an action.** ``trail.record(..., topics=("ticket", "window.5"))``; that is all.

**A panel that many screens share** (display, kiosk waits, board):
``shared(request, "display.waits", ("ticket",), render)`` renders it once per hall, language and
version of its topics, and answers from memory.

**Between processes** ``hearing.start()`` listens: ``config/wsgi.py`` calls it. Every other process
that writes calls ``hearing.start(has_screens=False)``, or screens learn late of what it did.
"""
