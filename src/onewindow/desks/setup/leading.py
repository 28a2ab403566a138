"""What leads through the set-up beside its sheets: steps, the logo, the phone's way here."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts.access import Can, needs
from onewindow.accounts.requests import Entered
from onewindow.base.halls.policies import policy
from onewindow.base.web.once import once
from onewindow.base.web.pictures import redrawn
from onewindow.base.web.refused import NotFound, Refused
from onewindow.desks.setup.ready import skippable
from onewindow.floor import actions
from onewindow.floor.readiness import Readiness, code_for


class LogoForm(forms.Form):
    """A picture to upload."""

    logo = forms.FileField(
        label=gettext_lazy("Picture"),
        help_text=gettext_lazy("PNG, JPEG or WebP, up to 1 MB; wide rather than high."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )

    def clean_logo(self) -> bytes:
        """Return the picture as we draw it; what is none gets its sentence beside the field."""
        try:
            return redrawn(self.cleaned_data["logo"].read())
        except Refused as no:
            raise forms.ValidationError(str(no)) from no


@needs(Can.SET_UP)
@once
@require_POST
def skip(request: Entered, step: str) -> HttpResponse:
    """Leave a step out, for a reason. POST ``reason``."""
    if not skippable(step):
        raise NotFound
    reason = request.POST.get("reason", "")
    actions.skip_step(hall=request.hall, step=step, reason=reason, by=request.by)
    return redirect("desks:setup", request.hall.slug)


@needs(Can.SET_UP)
@once
@require_POST
def want(request: Entered, step: str) -> HttpResponse:
    """Ask for a step again. POST."""
    if not skippable(step):
        raise NotFound
    actions.want_step(hall=request.hall, step=step, by=request.by)
    return redirect("desks:setup", request.hall.slug)


@needs(Can.SET_UP)
@once
def logo(request: Entered) -> HttpResponse:
    """Show the logo as it looks on screens; take another."""
    form = LogoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        actions.set_logo(hall=request.hall, png=form.cleaned_data["logo"], by=request.by)
        messages.success(request, _("This is the logo from now on."))
        return redirect("desks:setup_logo", request.hall.slug)
    status = 422 if form.is_bound else 200
    return render(request, "desks/setup/logo.html", {"form": form}, status=status)


@needs(Can.SET_UP)
@once
@require_POST
def no_logo(request: Entered) -> HttpResponse:
    """Take the logo away. POST."""
    actions.set_logo(hall=request.hall, png=b"", by=request.by)
    messages.success(request, _("The hall shows its name alone."))
    return redirect("desks:setup_logo", request.hall.slug)


@needs(Can.SET_UP)
@require_GET
def address(request: Entered) -> HttpResponse:
    """Show a code: a phone that opens it proves that the public address is right."""
    hall, at = request.hall, settings.PUBLIC_URL
    path = reverse("public:reached", args=[hall.slug, code_for(hall)])
    reached = bool(at) and policy(hall, Readiness).reached == at
    context = {"public_url": at, "to_scan": f"{at}{path}" if at else "", "reached": reached}
    return render(request, "desks/setup/address.html", context)


@needs(Can.SET_UP)
@require_GET
def spot_codes(request: Entered) -> HttpResponse:
    """Lay out a page of paper for each code that hangs in the hall, in the hall's languages."""
    hall, at = request.hall, settings.PUBLIC_URL
    found = hall.spots.filter(archived_at=None).select_related("zone").order_by("pk")
    codes = [(one, f"{at}{reverse('public:spot', args=[hall.slug, one.code])}") for one in found]
    spoken = [tag for tag in hall.languages if tag.lower() in dict(settings.LANGUAGES)]
    shown = {"public_url": at, "codes": codes, "spoken": spoken or [hall.language]}
    return render(request, "desks/setup/spots.html", shown)
