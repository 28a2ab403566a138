"""Forms of the floor."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onewindow.accounts.models import Device
from onewindow.accounts.states import DeviceKind
from onewindow.base.halls.models import Hall
from onewindow.base.halls.text import said
from onewindow.base.web.rowform import RowForm, Section
from onewindow.catalogue.queries import services, services_by_group
from onewindow.floor import queries
from onewindow.floor.models import Announcement, Check, Spot, Window, Zone
from onewindow.floor.states import Choice

AT_A_WINDOW = {DeviceKind.WINDOW_DISPLAY, DeviceKind.RATING_PAD, DeviceKind.WINDOW_PC}


class PlaceForm(forms.Form):
    """Where a device stands: at a window, or for some of the zones."""

    window = forms.TypedChoiceField(label=_("Window"), required=False)
    zones = forms.MultipleChoiceField(
        label=_("Zones"),
        help_text=_("None chosen: all zones."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, hall: Hall, device: Device, data: object = None) -> None:
        place = getattr(device, "place", None)
        chosen = [zone.code for zone in place.zones.all()] if place else []
        window = place.window.label if place and place.window else ""
        super().__init__(data, initial={"window": window, "zones": chosen})  # type: ignore[arg-type]  # request.POST or None
        self.hall, self.device = hall, device
        if device.kind in AT_A_WINDOW:
            del self.fields["zones"]
            self.fields["window"].required = True
        else:
            del self.fields["window"]
        self._fill()

    def _fill(self) -> None:
        for name, field in self.fields.items():
            choices = self._windows() if name == "window" else self._zones()
            field.choices = choices  # type: ignore[attr-defined]  # both are choice fields

    def _windows(self) -> list[tuple[str, str]]:
        rows = [(one.label, f"{one.label}  {said(one.name)}") for one in queries.windows(self.hall)]
        return [("", "—"), *rows]

    def _zones(self) -> list[tuple[str, str]]:
        return [(zone.code, said(zone.name)) for zone in queries.zones(self.hall)]

    @property
    def chosen_window(self) -> Window | None:
        """The window that was chosen."""
        label = self.cleaned_data.get("window")
        return queries.window_by_label(self.hall, label) if label else None

    @property
    def chosen_zones(self) -> list[Zone]:
        """The zones that were chosen."""
        wanted = self.cleaned_data.get("zones", [])
        return [zone for zone in queries.zones(self.hall) if zone.code in wanted]


class ProfileInput(forms.Widget):
    """Every service of the hall, group by group: not here, first choice, or second."""

    template_name = "floor/profile.html"
    use_fieldset = True
    hall: Hall

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        chosen: dict[str, int] = value or {}
        choices = [("", _("not here")), *((str(one), text) for one, text in Choice.choices)]
        context["widget"]["choices"] = choices
        context["widget"]["groups"] = [
            {
                "name": group,
                "count": sum(one.code in chosen for one in offered),
                "services": [(one, str(chosen.get(one.code, ""))) for one in offered],
            }
            for group, offered in services_by_group(self.hall)
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, int]:
        """Return the choice of each service that is served here, by code."""
        typed = {one.code: data.get(f"{name}-{one.code}") for one in services(self.hall)}
        known = {str(choice) for choice in Choice.values}
        return {code: int(choice) for code, choice in typed.items() if choice in known}

    def id_for_label(self, id_: str) -> str:
        return ""


class ProfileField(forms.Field):
    """What a window serves."""

    widget = ProfileInput
    choices = Choice.choices


class ZoneForm(RowForm):
    """A zone of the hall."""

    needed = ("name",)

    class Meta:
        model = Zone
        fields = ("name", "code", "storey", "direction", "walking_s", "position")
        labels = {
            "name": _("Name"),
            "code": _("Short code"),
            "storey": _("Storey"),
            "direction": _("How to get there from the entrance"),
            "walking_s": _("How long one walks there, seconds"),
            "position": _("Place in the order"),
        }
        help_texts = {
            "code": _("Letters, figures and hyphens, such as: east."),
            "walking_s": _("Calls wait so much longer before they are repeated."),
        }


class SpotForm(RowForm):
    """A place with a code; the code itself is drawn, not typed."""

    needed = ("name",)

    class Meta:
        model = Spot
        fields = ("name", "zone")
        labels = {"name": _("Where the code hangs"), "zone": _("Zone")}
        help_texts = {"name": _("Such as: entrance, beside the first kiosk.")}


class WindowForm(RowForm):
    """A window, and what is served there."""

    serves = ProfileField(
        label=_("What is served here"),
        required=False,
        help_text=_("A second choice is served when no first choice waits, or as the rules say."),
    )
    sections = (
        Section(
            _("The window"),
            ("label", "name", "kind", "zone", "department", "accessible", "position"),
        ),
        Section(_("Profile"), ("serves",)),
    )

    class Meta:
        model = Window
        fields = ("label", "name", "kind", "zone", "department", "accessible", "position")
        labels = {
            "label": _("Label"),
            "name": _("Name"),
            "kind": _("What it is for"),
            "zone": _("Zone"),
            "department": _("Department"),
            "accessible": _("Can be reached by wheelchair"),
            "position": _("Place in the order"),
        }
        help_texts = {
            "label": _("What stands above it: at most 8 letters, figures or hyphens."),
            "name": _("Such as: Social security. May stay empty."),
        }

    def __init__(self, hall: Hall, row: Window, data: Any = None, initial: Any = None) -> None:
        super().__init__(
            hall, row, data, {"serves": row.serves if row.pk else {}, **(initial or {})}
        )
        self.fields["serves"].widget.hall = hall


class AnnouncementForm(RowForm):
    """What the hall tells everybody, for a while."""

    needed = ("text",)
    long = ("text",)

    class Meta:
        model = Announcement
        fields = ("text", "since", "until")
        labels = {"text": _("Words"), "since": _("From"), "until": _("Until")}
        help_texts = {
            "text": _("Short: it runs along the foot of the displays."),
            "until": _("Empty: until it is archived."),
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        since, until = given.get("since"), given.get("until")
        if since and until and until <= since:
            self.add_error("until", _("This is before it begins."))
        return given


class CheckForm(RowForm):
    """What is seen to before opening or after closing."""

    needed = ("name",)

    class Meta:
        model = Check
        fields = ("name", "moment", "position")
        labels = {
            "name": _("What is seen to"),
            "moment": _("Before or after"),
            "position": _("Place in the order"),
        }
