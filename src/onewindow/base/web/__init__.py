"""Pages: their frames and components, refusals, ``once``, and what templates may count on.

**Frames** (``templates/web``). ``staff.html``: rail, ``{% block main %}``, ``{% block aside %}``
with ``frame_class`` "with-aside". ``visitor.html``: phone and public pages. ``screen.html``: kiosk
and displays, full screen. ``plain.html``: one card in the middle. All take ``title``,
``page_styles``, ``scripts`` and ``live`` (``{% load live %}{% live "ticket" %}``). Refusals go to
``#flash``.

**Components**: one file each in ``static/web/components``; the classes are their documentation.
A room's own style sheet uses the tokens (``--accent``, ``--s4``) and never a colour of its own.

**Tags** known everywhere:

- ``{% once %}`` in each form, ``{% field form.name %}`` for each of its fields;
- ``{% at moment %}`` in the hall's time, ``{{ moment|stamp }}`` for ``data-since``;
- ``{{ text|said }}``; ``{% look type="large" %}``, a link that changes how one sees;
- ``{% include "web/_empty.html" with title=... hint=... icon=... %}``.

**The script** ``ui.js`` lists at its top what data attributes do: timers, keys, countdowns.

**The rail**: see ``rail.py``. **Switches** of language, theme, type: see ``looks.py``.
"""
