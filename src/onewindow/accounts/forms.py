"""What people type into the pages of accounts, checked."""

import re
from typing import Any

from django import forms
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import (
    get_default_password_validators,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from onewindow.accounts import queries, standing
from onewindow.accounts.access import Can
from onewindow.accounts.actions.devices import NameTaken
from onewindow.accounts.models import User
from onewindow.accounts.passwords import check_pin
from onewindow.accounts.rules import is_reachable
from onewindow.accounts.states import SCREENS
from onewindow.accounts.totp import plain
from onewindow.base.halls.models import Hall

FOR_PROGRAMS = {  # the permissions that a program has use for
    Can.SEE_HALL.value: _("see the hall, its services and windows"),
    Can.SEE_QUEUE.value: _("see tickets and waits"),
    Can.TAKE.value: _("take numbers"),
    Can.SERVE.value: _("call and serve at windows"),
    Can.BRING_BACK.value: _("bring back a no-show"),
    Can.RUN_WINDOWS.value: _("open, pause and close windows"),
}
IN_WORDS = FOR_PROGRAMS | {  # a key of the command line may hold these too
    Can.SEE_BOARD.value: _("see the duty board"),
    Can.CLOSE_HALL.value: _("close the hall"),
    Can.ANSWER_ALERTS.value: _("answer alerts"),
    Can.EMERGENCY.value: _("put the emergency message on every screen"),
    Can.CONFIRM_HELP.value: _("confirm help that was given"),
    Can.SET_UP.value: _("set up the hall"),
    Can.SET_HOURS.value: _("set opening hours and special days"),
    Can.ANNOUNCE.value: _("announce things to everybody"),
    Can.DEVICES.value: _("manage devices"),
    Can.PEOPLE.value: _("manage people"),
    Can.ROLES.value: _("give and take roles"),
    Can.KEYS.value: _("manage API keys"),
    Can.HOOKS.value: _("manage webhooks"),
    Can.SIGN_INS.value: _("end sign-ins"),
    Can.EXPORT.value: _("export tickets"),
    Can.SEE_TRAIL.value: _("see the history"),
    Can.PLAY.value: _("steer the demonstration"),
}


def _secret(label: Any, autocomplete: str, **more: Any) -> forms.CharField:
    attributes = {"autocomplete": autocomplete} | more.pop("attributes", {})
    widget = forms.PasswordInput(attrs=attributes)
    return forms.CharField(label=label, strip=False, max_length=128, widget=widget, **more)


def _pin(label: Any) -> forms.CharField:
    return _secret(label, "off", attributes={"inputmode": "numeric", "maxlength": 6})


class SignIn(forms.Form):
    """Staff number and password."""

    staff_number = forms.CharField(
        label=_("Staff number"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = _secret(_("Password"), "current-password")


class Code(forms.Form):
    """A code of the second factor, or a recovery code."""

    code = forms.CharField(
        label=_("Code that the app shows"),
        max_length=20,
        help_text=_("No phone at hand? Type one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none"}),
    )

    def clean_code(self) -> str:
        return plain(self.cleaned_data["code"])


class OwnForm(forms.Form):
    """A form that a person fills in about themselves."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def same_twice(self, first: str, second: str) -> None:
        """Put an error beside the second field when it is not as the first."""
        given = self.cleaned_data
        if first in given and second in given and given[first] != given[second]:
            self.add_error(second, _("This is not the same as above."))

    def check_present_password(self, given: str) -> str:
        """Return the present password. Raise ValidationError when it is another."""
        if not self.user.check_password(given):
            raise ValidationError(_("This is not your present password."))
        return given


class Confirm(OwnForm):
    """The present password, before what cannot be taken back; who has none is not asked."""

    present = _secret(_("Your password"), "current-password")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        if not user.has_usable_password():
            del self.fields["present"]

    def clean_present(self) -> str:
        return self.check_present_password(self.cleaned_data["present"])


class NewSecondFactor(Confirm):
    """The code that confirms a second factor. Who was led here from the sign-in just proved."""

    code = forms.CharField(
        label=_("Code that the app shows"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def __init__(self, user: User, *args: Any, forced: bool, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        if forced:
            self.fields.pop("present", None)


def _rules(*, live: bool) -> list[Any]:
    """Return the rules of a password: those a page can tell by itself, or the others."""
    return [one for one in get_default_password_validators() if hasattr(one, "live") == live]


class NewPassword(OwnForm):
    """The present password, and twice a new one."""

    present = _secret(_("Present password"), "current-password")
    password = _secret(
        _("New password"),
        "new-password",
        help_text=lazy(lambda: " ".join(one.get_help_text() for one in _rules(live=False)), str)(),
    )
    again = _secret(_("New password again"), "new-password")

    def rules(self) -> list[tuple[str, str]]:
        """Return the rules that the page ticks while one types: name and sentence."""
        return [(one.live, one.get_help_text()) for one in _rules(live=True)]

    def clean_present(self) -> str:
        return self.check_present_password(self.cleaned_data["present"])

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        if self.user.check_password(password):
            raise ValidationError(_("This is your present password: choose another."))
        return password

    def clean(self) -> None:
        self.same_twice("password", "again")


class NewPin(Confirm):
    """The password, and twice a PIN."""

    pin = _pin(_("New PIN, 4 to 6 digits"))
    again = _pin(_("New PIN again"))

    def clean_pin(self) -> str:
        pin: str = self.cleaned_data["pin"]
        check_pin(pin)
        return pin

    def clean(self) -> None:
        self.same_twice("pin", "again")


class Unlock(OwnForm):
    """The PIN; for a person who has none yet, the password."""

    pin = _secret(_("PIN"), "off")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        if user.pin:
            self.fields["pin"].widget.attrs |= {"inputmode": "numeric", "maxlength": 6}
        else:
            self.fields["pin"].label = _("Password")

    def opens(self) -> bool:
        """Say whether what was typed opens the screen."""
        return self.is_valid() and check_password(
            self.cleaned_data["pin"], self.user.pin or self.user.password
        )


class RenameDevice(forms.Form):
    """A device's name."""

    name = forms.CharField(label=_("Name"), max_length=40)


class NewDevice(forms.Form):
    """A screen's kind and name."""

    kind = forms.ChoiceField(label=_("What it is"), choices=[(k, k.label) for k in SCREENS])
    name = forms.CharField(label=_("Name"), max_length=40, help_text=_("Such as: Entrance, left"))


class PairScreen(NewDevice):
    """The code that a screen shows, and what it is to be."""

    code = forms.CharField(
        label=_("Code on the screen"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    place = forms.ChoiceField(label=_("Where it stands"), required=False)
    field_order = ("code", "kind", "name", "place")

    def __init__(self, hall: Hall, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hall = hall
        everywhere = [("", _("the whole hall")), *standing.plan().choices(hall)]
        self.fields["place"].choices = everywhere  # type: ignore[attr-defined]  # a choice field

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if queries.devices(self.hall).filter(name=name).exists():
            raise ValidationError(str(NameTaken(name=name)))
        return name

    def clean_code(self) -> str:
        code = re.sub(r"[\s-]", "", self.cleaned_data["code"])
        if not re.fullmatch(r"[0-9]{6}", code):
            raise ValidationError(_("The code has six digits."))
        return code


class PrinterAt(forms.Form):
    """A printer's place in the network."""

    host = forms.CharField(
        label=_("Address in the network"), max_length=253, help_text=_("Such as: 192.168.1.60")
    )
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=9100)

    def clean_host(self) -> str:
        host: str = self.cleaned_data["host"]
        if not is_reachable(host):
            raise ValidationError(_("This is no address of a printer."))
        return host


class NewPrinter(PrinterAt):
    """A printer's name, and its place in the network."""

    name = forms.CharField(label=_("Name"), max_length=40)
    field_order = ("name", "host", "port")


class NewKey(forms.Form):
    """What a program's key is for, and what it may do."""

    label = forms.CharField(label=_("What it is for"), max_length=60)
    can = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=list(FOR_PROGRAMS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
