"""The second step of a sign-in, through ``authenticate``: so its failures count with the others."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from onewindow.accounts.access import by_user
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
