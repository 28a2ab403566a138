"""The desks' pages on the rail."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from onewindow.accounts.access import Can
from onewindow.base.halls.words import WORDS
from onewindow.base.web.rail import entry

ENTRIES = (
    entry(_("Window"), "desks:desk", "monitor", Can.SERVE),
    entry(capfirst(WORDS["guide_desk"]), "desks:guide", "hand-helping", Can.BRING_BACK),
    entry(_("Appointments"), "desks:appointments", "calendar-check", Can.TAKE),
    entry(_("Duty board"), "desks:board", "layout-dashboard", Can.SEE_BOARD),
    entry(
        _("Set-up"), "desks:setup", "sliders-horizontal", Can.SET_UP, Can.SET_HOURS, Can.ANNOUNCE
    ),
    entry(_("The history"), "desks:trail", "history", Can.SEE_TRAIL),
)
