"""Addresses of accounts: one's own sign-in, and a hall's devices, keys and people."""

from django.urls import path

from onewindow.accounts.urls.people import people
from onewindow.accounts.views import (
    care,
    devices,
    entering,
    locking,
    provider,
    security,
    setting_up,
    signing,
)

app_name = "accounts"

own = [
    path("sign-in", signing.sign_in, name="sign_in"),
    path("sign-out", signing.sign_out, name="sign_out"),
    path("password", signing.password, name="password"),
    path("pin", signing.pin, name="pin"),
    path("language", signing.language, name="language"),
    path("sign-in/code", entering.code, name="code"),
    path("sign-in/provider", provider.away, name="provider"),
    path("sign-in/provider/back", provider.back, name="provider_back"),
    path("account/", security.account, name="account"),
    path("account/second-factor", security.second_factor, name="second_factor"),
    path("account/second-factor/off", security.turn_off, name="turn_off"),
    path("account/recovery-codes", security.recovery_codes, name="recovery_codes"),
    path("account/recovery-codes/new", security.renew_codes, name="renew_codes"),
    path("account/sign-ins/end", security.end_others, name="end_others"),
    path("account/sign-ins/<int:number>/end", security.end_one, name="end_sign_in"),
    path("lock/", locking.page, name="lock"),
    path("lock/state", locking.state, name="lock_state"),
    path("lock/close", locking.close, name="lock_close"),
    path("lock/open", locking.unlock, name="lock_open"),
]

HALL = "s/<slug:hall>/accounts/"
DEVICES = f"{HALL}devices/"
GUARDED = f"{HALL}security/"
DEVICE = f"{DEVICES}<int:number>/"
hall = [
    path(DEVICES, devices.devices, name="devices"),
    path(f"{DEVICES}pair", devices.pair, name="pair"),
    path(f"{DEVICES}printer", devices.printer, name="printer"),
    path(DEVICE, devices.device, name="device"),
    path(f"{DEVICE}name", devices.rename, name="rename"),
    path(f"{DEVICE}reach", devices.reach, name="reach"),
    path(f"{DEVICE}reload", devices.reload, name="reload"),
    path(f"{DEVICE}address", devices.new_address, name="new_address"),
    path(f"{DEVICE}printing", devices.printing, name="printing"),
    path(f"{DEVICE}retire", devices.retire, name="retire"),
    path(GUARDED, care.guarded, name="guarded"),
    path(f"{GUARDED}<int:number>/", care.person, name="guarded_person"),
    path(f"{GUARDED}<int:number>/end", care.end, name="end_sign_ins_of"),
    path(f"{GUARDED}<int:number>/reset", care.reset, name="reset_second_factor"),
    path(f"{HALL}keys/", setting_up.keys, name="keys"),
    path(f"{HALL}keys/<int:number>/revoke", setting_up.revoke, name="revoke"),
]

urlpatterns = [*own, *hall, *people]
