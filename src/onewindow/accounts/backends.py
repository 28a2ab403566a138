"""Proofs beside the password, through ``authenticate``: so their failures count with the others."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest

from onewindow.accounts import queries
from onewindow.accounts.access import WHO_SERVES, by_user
from onewindow.accounts.actions.second_factor import use_code
from onewindow.accounts.models import User


class SecondFactorBackend(BaseBackend):
    """Knows who typed a right code. Whoever asks it has seen the first proof already."""

    def authenticate(self, request: HttpRequest | None, **proof: Any) -> User | None:
        """Return the person of ``staff_number`` when ``code`` is right and was not used before."""
        if request is None or "code" not in proof:
            return None
        user = User.objects.filter(staff_number=proof["staff_number"], is_active=True).first()
        if user is None or not use_code(user=user, code=proof["code"], by=by_user(request, user)):
            return None
        return user


class PinBackend(BaseBackend):
    """Knows who may serve in a hall by staff number and PIN. Only a window's PC asks it."""

    def authenticate(self, request: HttpRequest | None, **proof: Any) -> User | None:
        """Return the person of ``staff_number`` who serves in ``hall`` and whose ``pin`` it is."""
        if request is None or "pin" not in proof:
            return None
        serve = queries.members(proof["hall"], *WHO_SERVES)
        user = serve.filter(staff_number=proof["staff_number"]).first()
        if user is None or not user.pin:
            make_password(proof["pin"])  # a stranger takes as long as a wrong PIN
            return None
        return user if check_password(proof["pin"], user.pin) else None
