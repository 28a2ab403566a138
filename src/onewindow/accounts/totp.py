"""Codes of a second factor: six digits that change each half minute (RFC 6238), and spare ones.

The time is the machine's, as the phone's is: a demonstration's shifted day changes no code.
"""

import re
import secrets
from hmac import compare_digest

import pyotp

from onewindow.base import clocks

STEP_S = 30
DIGITS = 6
NEAR = 1  # steps to either side: a phone's clock may be half a minute off
SPARE = 10  # recovery codes at a time
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
HALF = 5  # 2 × 5 letters: 49 bits


def new_secret() -> str:
    """Return a fresh secret: 160 bits in Base32."""
    return pyotp.random_base32()


def code_now(secret: str, ahead: int = 0) -> str:
    """Return the code of now, or of so many steps ahead."""
    return pyotp.HOTP(secret, digits=DIGITS).at(step_now() + ahead)


def step_of(secret: str, code: str) -> int | None:
    """Return the step whose code this is, of now and its neighbours; None when it is another."""
    if not re.fullmatch(rf"[0-9]{{{DIGITS}}}", code):
        return None
    maker, now = pyotp.HOTP(secret, digits=DIGITS), step_now()
    steps = range(now - NEAR, now + NEAR + 1)
    return next((step for step in steps if compare_digest(maker.at(step), code)), None)


def step_now() -> int:
    """Return the number of half minutes since 1970."""
    return int((clocks.now() - clocks.shift()).timestamp()) // STEP_S


def address(secret: str, staff_number: str, issuer: str) -> str:
    """Return what the QR code says to an authenticator app."""
    return pyotp.TOTP(secret).provisioning_uri(name=staff_number, issuer_name=issuer)


def to_type(secret: str) -> str:
    """Return a secret in groups of four, as it is typed where nothing can be scanned."""
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


def new_spare_codes() -> list[str]:
    """Return recovery codes, such as ``k7mqa-w2xdp``."""
    return [f"{_letters()}-{_letters()}" for _code in range(SPARE)]


def plain(typed: str) -> str:
    """Return a code without what people put between its signs."""
    return re.sub(r"[\s-]", "", typed).lower()


def _letters() -> str:
    return "".join(secrets.choice(LETTERS) for _sign in range(HALF))
