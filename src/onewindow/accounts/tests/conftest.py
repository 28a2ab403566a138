"""What the stories of accounts share."""

from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher


@pytest.fixture(autouse=True)
def _first_page(settings: Any) -> None:
    """The staff's first page is a face's, above this room."""
    settings.LOGIN_REDIRECT_URL = "/first-page"


class QuickArgon2(Argon2PasswordHasher):
    """Hashing is slow on purpose; not here."""

    time_cost = 1
    memory_cost = 64
    parallelism = 1


@pytest.fixture(autouse=True)
def _quick_hashing(settings: Any) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.QuickArgon2"]
