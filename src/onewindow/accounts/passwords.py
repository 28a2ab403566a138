"""What a password must be, beside its length."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CLASSES = (str.islower, str.isupper, str.isdigit, lambda one: not one.isalnum())


class ThreeClasses:
    """Of lower case, capitals, digits and signs, a password has three."""

    def validate(self, password: str, user: Any = None) -> None:
        found = sum(any(map(is_of, password)) for is_of in CLASSES)
        if found < 3:
            raise ValidationError(self.get_help_text(), code="password_classes")

    def get_help_text(self) -> str:
        return _("Use three of these: small letters, capitals, digits, signs.")
