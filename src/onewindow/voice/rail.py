"""What the voice offers to the staff's rail."""

from django.utils.translation import gettext_lazy as _

from onewindow.accounts.access import Can
from onewindow.base.web.rail import Entry, entry

ENTRIES: tuple[Entry, ...] = (entry(_("Voice"), "voice:page", "volume-2", Can.DEVICES),)
