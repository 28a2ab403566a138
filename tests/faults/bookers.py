"""A process of people who all want the same times: ``python -m tests.faults.bookers HALL SEED``.

Each thread is one person, who tries every time of the day until one is free. Prints the codes.
"""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import django

THREADS = 4


def main(slug: str, seed: str) -> None:
    """Let some people book at once, and print what they got."""
    with ThreadPoolExecutor(THREADS) as pool:
        codes = list(pool.map(lambda n: book_one(slug, f"1380000{seed}{n:03d}"), range(THREADS)))
    sys.stdout.write(json.dumps([code for code in codes if code]))


def book_one(slug: str, phone: str) -> str:
    """Book the first time that is free; empty when none was."""
    from onewindow.base.halls.models import Hall  # noqa: PLC0415 (after Django is set up)
    from onewindow.base.trail import By  # noqa: PLC0415
    from onewindow.tickets.actions.appointments import TimeIsTaken, book  # noqa: PLC0415
    from onewindow.tickets.appointments import days, free_slots  # noqa: PLC0415

    hall, by = Hall.objects.get(slug=slug), By("visitor", via="page")
    service = hall.services.get()
    for slot in free_slots(hall, service, days(hall, service)[-1])[:3]:
        try:
            made = book(hall=hall, service=service, starts_at=slot.starts_at, phone=phone, by=by)
        except TimeIsTaken:
            continue
        return made.code
    return ""


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "onewindow.config.settings"
    django.setup()
    main(*sys.argv[1:])
