"""Short words for chips, where the full ones would not fit."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.words import worded
from onewindow.tickets.states import Channel, Priority

PRIORITY: dict[str, Promise] = {
    Priority.P1: _("priority"),
    Priority.P2: _("returning with a notice"),
    Priority.P3: _("preference"),
}
CHANNEL: dict[str, Promise] = {
    Channel.KIOSK: _("kiosk ticket"),
    Channel.PHONE: _("phone ticket"),
    Channel.GUIDE: worded(_("from the {guide_desk}")),
    Channel.REMOTE: _("number from afar"),
    Channel.DESK: _("without a number"),
    Channel.API: _("from another system"),
    Channel.APPOINTMENT: _("appointment"),
}
