"""A hall to measure in: six groups with a series each, as many windows as are asked for.

    python -m benchmarks.furnish WINDOWS [ZONES]     prints the API key

In one zone every window serves all groups and is open. In several, each serves two, every seventh
pauses, every ninth is closed, and clerks are free to stand there: there is something to move.
It runs in the server's own environment and writes rows in bulk: furniture, not what is measured.
"""

import os
import sys

import django

SLUG = "bench"


def main(windows: int, zones: int = 1) -> None:
    """Make the hall and print a key with every permission."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.config.settings")
    django.setup()
    from onewindow.accounts.access import Can  # noqa: PLC0415 (Django must be set up before)
    from onewindow.accounts.actions import create_key  # noqa: PLC0415
    from onewindow.base.trail import job  # noqa: PLC0415

    hall = _hall(windows, zones)
    _, text = create_key(hall=hall, label="Benchmark", can=list(Can), by=job("benchmark"))
    print(text)


def _hall(windows: int, zones: int):  # type: ignore[no-untyped-def]
    from onewindow.base.deadlines.policy import HoursPolicy  # noqa: PLC0415
    from onewindow.base.halls.models import Hall, Organisation  # noqa: PLC0415
    from onewindow.base.halls.policies import set_policy  # noqa: PLC0415
    from onewindow.catalogue.models import Group, Service  # noqa: PLC0415
    from onewindow.floor.models import Zone  # noqa: PLC0415

    organisation = Organisation.objects.create(name={"en": "City"})
    hall = Hall.objects.create(
        organisation=organisation, slug=SLUG, name={"en": "Bench"}, languages=["en"]
    )
    parts = [
        Zone.objects.create(
            hall=hall, code=f"zone-{n}", name={"en": f"Zone {n}"}, walking_s=0, position=n
        )
        for n in range(zones)
    ]
    services = []
    for series in "ABCDEF":
        group = Group.objects.create(hall=hall, code=series, name={"en": series}, series=series)
        services.append(
            Service.objects.create(hall=hall, group=group, code=series, name={"en": series})
        )
    _windows(hall, parts, services, windows)
    set_policy(hall, HoursPolicy(always_open=True))
    return hall


def _windows(hall, zones, services, many: int) -> None:  # type: ignore[no-untyped-def]
    from onewindow.accounts.models import Membership, User  # noqa: PLC0415
    from onewindow.base import clocks  # noqa: PLC0415
    from onewindow.floor.models import Profile, Session, Window  # noqa: PLC0415
    from onewindow.floor.states import PauseReason, SessionState  # noqa: PLC0415

    now, apart = clocks.now(), len(zones) > 1
    made = Window.objects.bulk_create(
        Window(hall=hall, zone=zones[n * len(zones) // many], label=f"{n + 1}", position=n)
        for n in range(many)
    )
    served = {
        w: (services * 2)[n % 6 : n % 6 + 2] if apart else services for n, w in enumerate(made)
    }
    Profile.objects.bulk_create(Profile(window=w, service=s) for w in made for s in served[w])
    away = {"state": SessionState.PAUSED, "paused_at": now, "pause_reason": PauseReason.BREAK}
    Session.objects.bulk_create(
        Session(hall=hall, window=w, opened_at=now, **(away if apart and n % 7 == 6 else {}))
        for n, w in enumerate(made)
        if not apart or n % 9 != 8
    )
    for n in range(10 if apart else 0):
        user = User.objects.create(staff_number=f"80{n:02d}", name=f"Clerk {n}", last_login=now)
        Membership.objects.create(user=user, hall=hall, role="clerk")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
