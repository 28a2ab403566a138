"""The order of the rail, and what stands in the fixed places of the staff's frame."""

from onewindow.accounts.rail import ENTRIES as ACCOUNTS
from onewindow.base.web.rail import Entry

RAIL: tuple[Entry, ...] = (*ACCOUNTS,)

# "me": who I am, my state, sign out; "bell": what waits for me
PLACES: dict[str, str] = {"me": "accounts/_me.html"}
