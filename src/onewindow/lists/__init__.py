"""Lists that come and go as files: services with their papers, questions, windows, staff.

A file goes out (XLSX or CSV), is changed by an official, and comes in again. What comes in is read
and checked by the worker; a page shows what would become of it; only then, by a second press, it
is written, whole or not at all; and it can be undone. See docs/decisions/0014.
"""
