"""What a password and a PIN must be."""

import re
import secrets

from django.contrib.auth.password_validation import (
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from onewindow.accounts.models import User

CLASSES = (str.islower, str.isupper, str.isdigit)
WANTED = 3
READABLE = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
STRAIGHT = "01234567890 09876543210"


class LongEnough(MinimumLengthValidator):
    """A password has its length; Django's own sentence is not in all our languages."""

    def get_error_message(self) -> str:
        """Say what is wrong: it is the rule."""
        return self.get_help_text()

    def get_help_text(self) -> str:
        """Say the rule."""
        return _("A password has at least {many} characters.").format(many=self.min_length)


class UnlikeThePerson(UserAttributeSimilarityValidator):
    """A password is not the person's own number or name over again."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("staff_number", "name"))

    def get_error_message(self) -> str:
        """Say what is wrong: it is the rule."""
        return self.get_help_text()

    def get_help_text(self) -> str:
        """Say the rule."""
        return _("It must not be much like the staff number or the name.")


class ThreeClasses:
    """A password has three of: small letters, capitals, digits, other signs."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError when there are fewer."""
        known = sum(any(is_one(sign) for sign in password) for is_one in CLASSES)
        other = any(not any(is_one(sign) for is_one in CLASSES) for sign in password)
        if known + other < WANTED:
            raise ValidationError(self.get_help_text(), code="too_few_classes")

    def get_help_text(self) -> str:
        """Say the rule."""
        return _("Use at least three of: small letters, capitals, digits, other characters.")


def check_pin(pin: str) -> None:
    """Raise ValidationError when this is no PIN, or one that anybody would try first."""
    if not re.fullmatch(r"[0-9]{4,6}", pin):
        raise ValidationError(_("A PIN has 4 to 6 digits."))
    if len(set(pin)) == 1 or pin in STRAIGHT:
        raise ValidationError(_("This PIN is too easy to guess."))


def one_time_password() -> str:
    """Return a password that can be read aloud and has letters of both cases and digits."""
    while True:
        groups = ["".join(secrets.choice(READABLE) for _i in range(4)) for _g in range(4)]
        made = "-".join(groups)
        if (
            any(c.islower() for c in made)
            and any(c.isupper() for c in made)
            and any(c.isdigit() for c in made)
        ):
            return made
