"""What administrators type about people, checked."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from onewindow.accounts import queries
from onewindow.accounts.models import User
from onewindow.accounts.states import Role
from onewindow.base.halls.models import Department, Hall
from onewindow.base.web.pictures import redrawn
from onewindow.base.web.refused import Refused


class BadgeNumber(forms.RegexField):
    """What stands on a badge: long enough that nobody hits one by chance."""

    def __init__(self, **more: Any) -> None:
        wrong = {"invalid": _("A badge number has 8 to 40 letters, digits and hyphens.")}
        super().__init__(r"\A[0-9A-Za-z-]{8,40}\Z", error_messages=wrong, **more)
        self.widget.attrs["autocomplete"] = "off"


class FindPeople(forms.Form):
    """What the list of people is searched and filtered by."""

    q = forms.CharField(label=_("Search"), required=False, max_length=60)
    role = forms.ChoiceField(label=_("Role"), required=False)
    department = forms.ChoiceField(label=_("Department"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("may sign in")), (queries.OFF, _("switched off"))],
    )

    def __init__(self, hall: Hall, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [("", _("all")), (queries.NO_ROLE, _("no role yet")), *Role.choices]
        sending = [(one.pk, str(one)) for one in queries.departments(hall)]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]  # a choice field
        self.fields["department"].choices = [("", _("all")), *sending]  # type: ignore[attr-defined]  # the same


class PersonForm(forms.ModelForm[User]):
    """A person's badge name and language; of a new one the staff number too."""

    language = forms.ChoiceField(label=_("Language of the pages"), required=False)

    class Meta:
        model = User
        fields = ("staff_number", "name", "language")
        labels = {"name": _("Badge name"), "staff_number": _("Staff number")}
        help_texts = {
            "name": _("What visitors read at the window."),
            "staff_number": _("It signs in, and stands in the history for ever."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = [("", _("as the hall")), *settings.LANGUAGES]
        self.fields["language"].choices = spoken  # type: ignore[attr-defined]  # a choice field
        if self.instance.pk:
            del self.fields["staff_number"]


class BadgeForm(forms.Form):
    """The number that a scanner reads from a badge."""

    badge = BadgeNumber(
        label=_("Badge number"), help_text=_("Scan the badge; only a digest of its number is kept.")
    )


class PhotoForm(forms.Form):
    """A photo to upload."""

    photo = forms.FileField(
        label=_("Photo"),
        help_text=_("PNG, JPEG or WebP, up to 8 MB. It is cut to an upright photo of the badge."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )

    def clean_photo(self) -> bytes:
        """Return the photo as we draw it; what is none gets its sentence beside the field."""
        try:
            return redrawn(self.cleaned_data["photo"].read(), "photo")
        except Refused as no:
            raise forms.ValidationError(str(no)) from no


class GiveRole(forms.Form):
    """A role, where it counts, and for which department."""

    EVERYWHERE = "all"

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    where = forms.ChoiceField(label=_("Where it counts"))
    department = forms.ModelChoiceField(
        Department.objects.none(),
        label=_("Department"),
        required=False,
        empty_label="—",
    )

    def __init__(self, hall: Hall, everywhere: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [("here", str(hall))] + ([(self.EVERYWHERE, _("all halls"))] if everywhere else [])
        self.fields["where"].choices = places  # type: ignore[attr-defined]  # a choice field
        self.fields["department"].queryset = queries.departments(hall)  # type: ignore[attr-defined]  # the same
