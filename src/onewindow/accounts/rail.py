"""What accounts offers to the staff's rail."""

from django.utils.translation import gettext_lazy as _

from onewindow.accounts.access import Can
from onewindow.base.web.rail import Entry, entry

ENTRIES: tuple[Entry, ...] = (
    entry(_("People"), "accounts:people", "users", Can.PEOPLE, Can.ROLES),
    entry(_("Devices"), "accounts:devices", "monitor-smartphone", Can.DEVICES),
    entry(_("Sign-in security"), "accounts:guarded", "shield-check", Can.SIGN_INS),
    entry(_("API keys"), "accounts:keys", "key-round", Can.KEYS),
)
