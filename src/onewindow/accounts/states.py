"""Roles and kinds of device, with the words of ``docs/terms.md``."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.words import WORDS


class Role(models.TextChoices):
    """What a person is in a hall."""

    CLERK = "clerk", _("clerk")
    GUIDE = "guide", WORDS["guide"]
    DUTY_MANAGER = "duty_manager", _("duty manager")
    HALL_MANAGER = "hall_manager", _("hall manager")
    DEPARTMENT_LEAD = "department_lead", _("department lead")
    HOME_UNIT_OFFICER = "home_unit_officer", _("home-unit officer")
    TRAINING_LEAD = "training_lead", _("training lead")
    FACILITIES_OFFICER = "facilities_officer", _("facilities officer")
    COMPLAINTS_OFFICER = "complaints_officer", _("complaints officer")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("system administrator")
    SECURITY_ADMINISTRATOR = "security_administrator", _("security administrator")
    AUDIT_ADMINISTRATOR = "audit_administrator", _("audit administrator")


ADMINISTRATORS = frozenset(
    {Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR}
)


class DeviceKind(models.TextChoices):
    """What a device is for; its token can do that work only."""

    KIOSK = "kiosk", _("kiosk")
    HALL_DISPLAY = "hall_display", _("hall display")
    WINDOW_DISPLAY = "window_display", _("window display")
    RATING_PAD = "rating_pad", _("rating pad")
    CLOCK_IN_TERMINAL = "clock_in_terminal", _("clock-in terminal")
    WINDOW_PC = "window_pc", _("window PC")
    PRINTER = "printer", _("printer")


SCREENS = tuple(kind for kind in DeviceKind if kind != DeviceKind.PRINTER)  # they have an address
