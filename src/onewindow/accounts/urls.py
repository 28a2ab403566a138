"""Addresses of accounts: one's own sign-in, and a hall's devices and keys."""

from django.urls import path

from onewindow.accounts.views import locking, setting_up, signing

app_name = "accounts"

own = [
    path("sign-in", signing.sign_in, name="sign_in"),
    path("sign-out", signing.sign_out, name="sign_out"),
    path("password", signing.password, name="password"),
    path("pin", signing.pin, name="pin"),
    path("language", signing.language, name="language"),
    path("lock/", locking.page, name="lock"),
    path("lock/state", locking.state, name="lock_state"),
    path("lock/close", locking.close, name="lock_close"),
    path("lock/open", locking.unlock, name="lock_open"),
]

HALL = "s/<slug:hall>/accounts/"
hall = [
    path(f"{HALL}devices/", setting_up.devices, name="devices"),
    path(f"{HALL}devices/<int:number>/", setting_up.device, name="device"),
    path(f"{HALL}devices/<int:number>/address", setting_up.new_address, name="new_address"),
    path(f"{HALL}devices/<int:number>/printing", setting_up.printing, name="printing"),
    path(f"{HALL}devices/<int:number>/retire", setting_up.retire, name="retire"),
    path(f"{HALL}keys/", setting_up.keys, name="keys"),
    path(f"{HALL}keys/<int:number>/revoke", setting_up.revoke, name="revoke"),
]

urlpatterns = [*own, *hall]
