"""Furniture: zones, windows with what they serve."""

from typing import Any

from factory.declarations import LazyAttributeSequence, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from onewindow.base.halls import memory
from onewindow.base.halls.models import Hall
from onewindow.base.halls.tests.make import HallFactory
from onewindow.catalogue.models import Service
from onewindow.floor.models import Profile, Spot, Window, Zone
from onewindow.floor.states import Choice


class ZoneFactory(DjangoModelFactory[Zone]):
    """A zone on the ground storey."""

    class Meta:
        model = Zone

    hall = SubFactory(HallFactory)
    code = Sequence(lambda n: f"zone-{n}")
    name = LazyAttributeSequence(lambda _zone, n: {"zh-Hans": f"{n}区", "en": f"Zone {n}"})


class WindowFactory(DjangoModelFactory[Window]):
    """A window; its zone stands in the same hall."""

    class Meta:
        model = Window

    hall = SubFactory(HallFactory)
    zone = SubFactory(ZoneFactory, hall=SelfAttribute("..hall"))
    label = Sequence(lambda n: f"{n + 1}")


class SpotFactory(DjangoModelFactory[Spot]):
    """A QR code in the hall."""

    class Meta:
        model = Spot

    hall = SubFactory(HallFactory)
    code = Sequence(lambda n: f"{n:032x}")
    name = {"zh-Hans": "入口", "en": "Entrance"}  # a declaration


def window(hall: Hall, *first: Service, second: tuple[Service, ...] = (), **more: Any) -> Window:
    """Make a window that serves these services as its first and second choice."""
    made = WindowFactory.create(hall=hall, **more)
    for choice, services in ((Choice.FIRST, first), (Choice.SECOND, second)):
        for service in services:
            Profile.objects.create(window=made, service=service, choice=choice)
    memory.changed(hall)
    return made
