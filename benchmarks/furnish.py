"""A hall to measure in: six groups with a series each, as many windows as are asked for.

    python -m benchmarks.furnish WINDOWS     prints the API key

It runs in the server's own environment and writes rows in bulk: furniture, not what is measured.
"""

import os
import sys

import django

SLUG = "bench"


def main(windows: int) -> None:
    """Make the hall and print a key with every permission."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.config.settings")
    django.setup()
    from onewindow.accounts.access import Can  # noqa: PLC0415 (Django must be set up before)
    from onewindow.accounts.actions import create_key  # noqa: PLC0415
    from onewindow.base.trail import job  # noqa: PLC0415

    hall = _hall(windows)
    _, text = create_key(hall=hall, label="Benchmark", can=list(Can), by=job("benchmark"))
    print(text)


def _hall(windows: int):  # type: ignore[no-untyped-def]
    from onewindow.base import clocks  # noqa: PLC0415
    from onewindow.base.deadlines.policy import HoursPolicy  # noqa: PLC0415
    from onewindow.base.halls.models import Hall, Organisation  # noqa: PLC0415
    from onewindow.base.halls.policies import set_policy  # noqa: PLC0415
    from onewindow.catalogue.models import Group, Service  # noqa: PLC0415
    from onewindow.floor.models import Profile, Session, Window, Zone  # noqa: PLC0415

    organisation = Organisation.objects.create(name={"en": "City"})
    hall = Hall.objects.create(
        organisation=organisation, slug=SLUG, name={"en": "Bench"}, languages=["en"]
    )
    zone = Zone.objects.create(hall=hall, code="main", name={"en": "Main"}, walking_s=0)
    services = []
    for series in "ABCDEF":
        group = Group.objects.create(hall=hall, code=series, name={"en": series}, series=series)
        services.append(
            Service.objects.create(hall=hall, group=group, code=series, name={"en": series})
        )
    made = Window.objects.bulk_create(
        Window(hall=hall, zone=zone, label=f"{n}", position=n) for n in range(1, windows + 1)
    )
    Profile.objects.bulk_create(Profile(window=w, service=s) for w in made for s in services)
    Session.objects.bulk_create(Session(hall=hall, window=w, opened_at=clocks.now()) for w in made)
    set_policy(hall, HoursPolicy(always_open=True))
    return hall


if __name__ == "__main__":
    main(int(sys.argv[1]))
