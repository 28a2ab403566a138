"""What a password and a PIN must be."""

import re
import secrets

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from onewindow.accounts import queries
from onewindow.accounts.models import User

CLASSES = (str.islower, str.isupper, str.isdigit)
WANTED = 3
READABLE = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
STRAIGHT = "01234567890 09876543210"
HALL_WORDS = (  # what people who work in a hall think of first
    *("onewindow", "yichuang", "zhengwu", "fuwu", "dating", "chuangkou", "banshi", "jiaohao"),
    *("admin", "service", "window", "hall", "office"),
    *("一窗", "服务", "大厅", "窗口", "办事", "叫号", "管理员"),
)
OF_ITS_OWN = 8  # characters beside them
NAMES_FROM = 3  # a shorter staff number or name stands in too many words


class LongEnough(MinimumLengthValidator):
    """A password has its length; Django's own sentence is not in all our languages."""

    live = "length"  # the page ticks it while one types

    def get_error_message(self) -> str:
        """Say what is wrong: it is the rule."""
        return self.get_help_text()

    def get_help_text(self) -> str:
        """Say the rule."""
        return _("A password has at least {many} characters.").format(many=self.min_length)


class NotCommon(CommonPasswordValidator):
    """A password is not one that is tried first: of Django's list, or made of the hall's words."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for a common word, with or without digits and signs around it."""
        small = password.casefold()
        core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", small)
        own = small
        for word in sorted({*HALL_WORDS, *queries.slugs()}, key=len, reverse=True):
            own = own.replace(word, "")
        if self.passwords & {small, core} or (own != small and len(own) < OF_ITS_OWN):
            raise ValidationError(self.get_error_message(), code="password_too_common")

    def get_error_message(self) -> str:
        """Say what is wrong."""
        return _("This password is too common: it would be tried first.")

    def get_help_text(self) -> str:
        """Say the rule."""
        return _("Common passwords and those made of the hall's words are refused.")


class NotUsedLately:
    """A password is none of the last five, the present one among them."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError when the person had it lately."""
        if user is None or user.pk is None:
            return
        if any(check_password(password, one) for one in queries.past_passwords(user)):
            raise ValidationError(_("You have used this password before: choose another."))

    def get_help_text(self) -> str:
        """Say the rule."""
        return _("None of your last five counts again.")


class UnlikeThePerson(UserAttributeSimilarityValidator):
    """A password is not the person's own number or name over again, and contains neither."""

    live = "person"

    def __init__(self) -> None:
        super().__init__(user_attributes=("staff_number", "name"))

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError when it does."""
        mine = [user.staff_number.casefold(), user.name.casefold()] if user else []
        if any(len(one) >= NAMES_FROM and one in password.casefold() for one in mine):
            raise ValidationError(self.get_error_message(), code="password_too_similar")
        super().validate(password, user)

    def get_error_message(self) -> str:
        """Say what is wrong: it is the rule."""
        return self.get_help_text()

    def get_help_text(self) -> str:
        """Say the rule."""
        return _("It must not contain or resemble the staff number or the name.")


class ThreeClasses:
    """A password has three of: small letters, capitals, digits, other signs."""

    live = "classes"

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
