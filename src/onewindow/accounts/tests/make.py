"""Furniture: people with their roles, devices, keys."""

from typing import Any

from factory.declarations import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from onewindow.accounts.access import Can
from onewindow.accounts.actions import create_key
from onewindow.accounts.models import ApiKey, Device, Membership, User
from onewindow.accounts.states import ADMINISTRATORS, DeviceKind, Role
from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.halls.tests.make import HallFactory
from onewindow.base.trail import job

UNUSABLE = "!"


class UserFactory(DjangoModelFactory[User]):
    """A person who has no password: hashing one is slow on purpose. Tests sign in without."""

    class Meta:
        model = User

    staff_number = Sequence(lambda n: f"{1000 + n}")
    name = Sequence(lambda n: f"Person {n}")
    password = LazyFunction(lambda: UNUSABLE)


class MembershipFactory(DjangoModelFactory[Membership]):
    """A role in a hall."""

    class Meta:
        model = Membership

    user = SubFactory(UserFactory)
    hall = SubFactory(HallFactory)
    role = Role.CLERK


class DeviceFactory(DjangoModelFactory[Device]):
    """A screen of a hall."""

    class Meta:
        model = Device

    hall = SubFactory(HallFactory)
    kind = DeviceKind.KIOSK
    name = Sequence(lambda n: f"screen {n}")


def person(hall: Hall | None, *held: Role, **more: Any) -> User:
    """Make a person with these roles in a hall; without a hall, in all of them.

    An administrator has a second factor, as everywhere.
    """
    if ADMINISTRATORS.intersection(held):
        more.setdefault("second_factor_since", clocks.now())
    user = UserFactory.create(**more)
    for role in held:
        MembershipFactory.create(user=user, hall=hall, role=role)
    return user


def key(hall: Hall, *can: Can, label: str = "Counter software") -> tuple[ApiKey, str]:
    """Make a key of a hall, by default with every permission."""
    return create_key(hall=hall, label=label, can=can or tuple(Can), by=job("test"))
