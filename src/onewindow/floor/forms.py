"""Forms of the floor."""

from django import forms
from django.utils.translation import gettext_lazy as _

from onewindow.accounts.models import Device
from onewindow.accounts.states import DeviceKind
from onewindow.base.halls.models import Hall
from onewindow.base.halls.text import said
from onewindow.floor import queries
from onewindow.floor.models import Window, Zone

AT_A_WINDOW = {DeviceKind.WINDOW_DISPLAY, DeviceKind.RATING_PAD}


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
