"""What people type of groups, services, questions and papers."""

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.models import Hall
from onewindow.base.halls.texts import TextsField
from onewindow.base.web.rowform import RowForm, Section
from onewindow.catalogue import contents
from onewindow.catalogue.models import MEGABYTE, Condition, Form, Group, Material, Service
from onewindow.catalogue.states import GUIDE, SERIES_KEPT, FormKind

CODE_HELP = _("Letters, figures and hyphens; it stands in spreadsheets and for programs.")
ORDER = _("Place in the order")


def _series(given: str) -> str:
    """Return a series as it is printed. Raise ValidationError when it is no letters."""
    series = given.strip().upper()
    if series and not (series.isascii() and series.isalpha()):
        raise forms.ValidationError(_("One or two letters, A to Z."))
    if series in SERIES_KEPT:
        raise forms.ValidationError(SERIES_KEPT[series])
    return series


class GroupForm(RowForm):
    """A group of services."""

    needed = ("name",)

    class Meta:
        model = Group
        fields = ("name", "code", "series", "icon", "position")
        labels = {
            "name": _("Name"),
            "code": _("Short code"),
            "series": _("Letter of its numbers"),
            "icon": _("Icon"),
            "position": ORDER,
        }
        help_texts = {
            "code": CODE_HELP,
            "series": _("A gives A001, A002 …"),
            "icon": _("A name of lucide.dev/icons, such as: house."),
        }

    def clean_series(self) -> str:
        return _series(self.cleaned_data["series"])


class ServiceForm(RowForm):
    """A service, with the guidance that it gives."""

    needed = ("name",)
    sections = (
        Section(_("The service"), ("name", "code", "group", "department", "summary", "keywords")),
        Section(
            _("Numbers and time"),
            ("series", "target_minutes", "day_cap", "slot_cap", "files_limit", "often", "position"),
            _("Caps left empty: no cap. They bind bookings and remote numbers first."),
        ),
        Section(_("How it is handled"), ("depth", "needs_qualification")),
        Section(
            _("Guidance"),
            tuple(f"guide_{part}" for part in GUIDE),
            _("What visitors read of it. Parts left empty are not shown."),
        ),
    )

    class Meta:
        model = Service
        fields = (
            "name",
            "code",
            "group",
            "department",
            "summary",
            "keywords",
            "series",
            "target_minutes",
            "day_cap",
            "slot_cap",
            "files_limit",
            "often",
            "position",
            "depth",
            "needs_qualification",
        )
        labels = {
            "name": _("Name"),
            "code": _("Short code"),
            "group": _("Group"),
            "department": _("Department"),
            "summary": _("In one line"),
            "keywords": _("Other words people search by"),
            "series": _("Letter of its numbers"),
            "target_minutes": _("Usual time at the window, minutes"),
            "day_cap": _("At most a day"),
            "slot_cap": _("At most an hour"),
            "files_limit": _("Files under one number, at most"),
            "often": _("Of a thousand visitors, so many come for it"),
            "position": ORDER,
            "depth": _("How far it is followed here"),
            "needs_qualification": _("Only people qualified for it may serve it"),
        }
        help_texts = {
            "code": CODE_HELP,
            "keywords": _("With blanks between them; pinyin is found by itself."),
            "series": _("Empty: that of its group."),
            "often": _("The first tiles of a kiosk follow it."),
        }

    def __init__(self, hall: Hall, row: Service, data: Any = None, initial: Any = None) -> None:
        super().__init__(hall, row, data, initial)
        for part, label in GUIDE.items():
            field = TextsField(label=label, required=False)
            field.widget.long = True
            field.speak(hall.languages, row.guide.get(part))
            self.fields[f"guide_{part}"] = field
            self.initial[f"guide_{part}"] = row.guide.get(part, {})

    def clean_series(self) -> str:
        return _series(self.cleaned_data["series"])

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.Meta.fields, "guide")

    @property
    def values(self) -> dict[str, Any]:
        guide = {part: self.cleaned_data[f"guide_{part}"] for part in GUIDE}
        own = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return own | {"guide": {part: texts for part, texts in guide.items() if texts}}


class ConditionForm(RowForm):
    """A yes/no question."""

    needed = ("question",)

    class Meta:
        model = Condition
        fields = ("question", "code")
        labels = {"question": _("Question"), "code": _("Short code")}
        help_texts = {
            "question": _("Answered by yes or no, such as: Is somebody else applying for you?"),
            "code": CODE_HELP,
        }


class FormInput(forms.ClearableFileInput):
    """The form that is there, with a tick to take it away, and a file to put in its place."""

    template_name = "catalogue/form_input.html"
    hall: Hall

    def is_initial(self, value: Any) -> bool:
        return isinstance(value, Form)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        return context | {"hall": self.hall}


class FormField(forms.FileField):
    """A file that is a blank form or a sample; what it is, its content says."""

    widget = FormInput
    default_error_messages = {
        "empty": _("This file is empty."),
        "contradiction": _("Either bring a file, or tick that there is none."),
    }

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, **more)
        self.widget.attrs["accept"] = ".pdf,.png,.jpg,.jpeg"

    def clean(self, data: Any, initial: Any = None) -> Form | None:
        """Return the form that is to be there. Raise ValidationError."""
        given: Any = super().clean(data, initial)
        if not given or isinstance(given, Form):
            return given or None
        if given.size > FORM_AT_MOST:
            said = _("The file is larger than {most} MB.")
            raise forms.ValidationError(str(said).format(most=FORM_AT_MOST // MEGABYTE))
        given.seek(0)  # it is read again where two people saved at once
        try:
            media, content = contents.look(given.read())
        except contents.Unknown:
            raise forms.ValidationError(NO_FORM) from None
        found = Form(media=media, size=len(content), digest=hashlib.sha256(content).hexdigest())
        found.content = content
        return found


FORM_AT_MOST = 5 * MEGABYTE
NO_FORM = _("This is no PDF, PNG or JPEG, or it is damaged. What is in it counts, not its name.")
FORM_HELP = _("A PDF, PNG or JPEG of at most 5 MB.")


class MaterialForm(RowForm):
    """A paper that a service asks for, always or under a condition."""

    needed = ("name",)
    long = ("note",)
    sections = (
        Section(_("The paper"), ("service", "name", "issuer", "note")),
        Section(_("In which form"), ("original", "copies", "form", "position")),
        Section(
            _("To look at and to print"),
            tuple(FormKind.values),
            _("Visitors open them on their phones. Put nobody's real data in a sample."),
        ),
        Section(
            _("When it is asked for"),
            ("condition", "asked_if"),
            _("Without a question it is always asked for."),
        ),
    )

    blank = FormField(label=_("Blank form"), help_text=FORM_HELP)
    sample = FormField(label=_("Filled sample"), help_text=FORM_HELP)

    class Meta:
        model = Material
        fields = (
            "service",
            "name",
            "issuer",
            "note",
            "original",
            "copies",
            "form",
            "position",
            "condition",
            "asked_if",
        )
        labels = {
            "service": _("Service"),
            "name": _("Name"),
            "issuer": _("Who issues it"),
            "note": _("What to know of it"),
            "original": _("Original or copy"),
            "copies": _("Copies"),
            "form": _("It is a form that is filled in on the spot"),
            "position": ORDER,
            "condition": _("It hangs on the question"),
            "asked_if": _("It is asked for when the answer is"),
        }
        help_texts = {"note": _("How long it is valid, in which format, where to get it.")}
        widgets = {
            "asked_if": forms.Select(choices=[(True, _("yes")), (False, _("no"))]),
        }

    def __init__(self, hall: Hall, row: Material, data: Any = None, initial: Any = None) -> None:
        present = {kind: getattr(row, kind) for kind in FormKind.values}
        super().__init__(hall, row, data, (initial or {}) | present)
        for kind in FormKind.values:
            self.fields[kind].widget.hall = hall

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.Meta.fields, *FormKind.values)
