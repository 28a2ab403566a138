"""Where devices and people stand: asked of the room above that knows; the settings name it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.utils.module_loading import import_string

from onewindow.accounts.models import Device, User
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By

Choices = list[tuple[str, Any]]  # as a form takes them, in groups


@dataclass(frozen=True)
class Standing:
    """What is asked of the plan: places, to put a device there, where devices and people are."""

    choices: Callable[[Hall], Choices]
    put: Callable[[Device, str, By], None]
    where: Callable[[Hall], dict[int, str]]
    url: str  # the page of a device's place
    window_of: Callable[[User], str]  # where a person stands now; "" when nowhere


def plan() -> Standing:
    """Return who knows the plan."""
    return cast("Standing", import_string(settings.STANDING))
