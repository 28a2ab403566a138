"""The people of a hall: listed, made, helped when a password is forgotten, switched off."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts import actions, lockout, people_forms, photos, queries
from onewindow.accounts.access import Can, needs
from onewindow.accounts.models import User
from onewindow.accounts.passwords import one_time_password
from onewindow.accounts.reach import everywhere, mine, seen
from onewindow.accounts.requests import Signed
from onewindow.accounts.told import lines
from onewindow.base.web.once import once

ROWS_A_PAGE = 50
MADE = "password_made"  # in the session until the next page has shown it


@needs(Can.PEOPLE, Can.ROLES)
@require_GET
def people(request: Signed) -> HttpResponse:
    """List the people, searched and filtered."""
    find = people_forms.FindPeople(request.hall, request.GET or None)
    given = find.cleaned_data if find.is_valid() else {}
    asked = {name: value for name, value in given.items() if value}
    users = queries.people_found(queries.people(request.hall, everybody=everywhere(request)), asked)
    page = Paginator(queries.with_roles(users), ROWS_A_PAGE).get_page(request.GET.get("page"))
    no_audit, one_too_few = queries.lacking(settings.ONE_ADMINISTRATOR_BELOW)
    context = {
        "find": find,
        "asked": asked,
        "page": page,
        "no_audit": no_audit,
        "one_too_few": one_too_few,
        "below": settings.ONE_ADMINISTRATOR_BELOW,
    }
    return render(request, "accounts/people.html", context)


@needs(Can.PEOPLE)
@once
def new(request: Signed) -> HttpResponse:
    """Make a person; the password for once is shown on the next page."""
    form = people_forms.PersonForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "accounts/person_new.html", {"form": form}, status=status)
    given, password = form.cleaned_data, one_time_password()
    user = actions.create_user(
        staff_number=given["staff_number"], name=given["name"], password=password, by=request.by
    )
    if given["language"]:
        actions.choose_language(user=user, language=given["language"])
    request.session[MADE] = [user.pk, password]
    return _back(request, user)


@needs(Can.PEOPLE, Can.ROLES)
@once
def person(request: Signed, number: int) -> HttpResponse:
    """Show a person; change badge name and language."""
    if request.method != "POST":
        return show(request, seen(request, number))
    user = mine(request, number, Can.PEOPLE)
    form = people_forms.PersonForm(request.POST, instance=user)
    if not form.is_valid():
        return show(request, user, form=form)
    given = form.cleaned_data
    actions.edit_person(user=user, name=given["name"], language=given["language"], by=request.by)
    messages.success(request, _("Saved."))
    return _back(request, user)


@needs(Can.PEOPLE)
@once
@require_POST
def password(request: Signed, number: int) -> HttpResponse:
    """Give a person a password for once."""
    user = mine(request, number, Can.PEOPLE)
    request.session[MADE] = [user.pk, actions.reset_password(user=user, by=request.by)]
    return _back(request, user)


@needs(Can.PEOPLE)
@once
@require_POST
def pin(request: Signed, number: int) -> HttpResponse:
    """Take a forgotten PIN away."""
    user = mine(request, number, Can.PEOPLE)
    actions.forget_pin(user=user, by=request.by)
    messages.success(request, _("The PIN is gone. {name} sets another.").format(name=user.name))
    return _back(request, user)


@needs(Can.PEOPLE)
@once
@require_POST
def badge(request: Signed, number: int) -> HttpResponse:
    """Set the badge that swaps a person in at a window's PC, or take it away."""
    user = mine(request, number, Can.PEOPLE)
    if request.POST.get("on") == "0":
        actions.set_badge(user=user, badge="", by=request.by)
        messages.success(request, _("The badge opens nothing any more."))
        return _back(request, user)
    form = people_forms.BadgeForm(request.POST)
    if not form.is_valid():
        return show(request, user, badge=form)
    actions.set_badge(user=user, badge=form.cleaned_data["badge"], by=request.by)
    messages.success(request, _("The badge is set."))
    return _back(request, user)


@needs(Can.PEOPLE)
@once
@require_POST
def photo(request: Signed, number: int) -> HttpResponse:
    """Set the photo that the display of the person's window shows, or take it away."""
    user = mine(request, number, Can.PEOPLE)
    if request.POST.get("on") == "0":
        actions.take_photo(user=user, by=request.by)
        messages.success(request, _("The photo is gone."))
        return _back(request, user)
    form = people_forms.PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, user, photo=form)
    actions.set_photo(user=user, jpeg=form.cleaned_data["photo"], by=request.by)
    messages.success(request, _("This is the photo from now on."))
    return _back(request, user)


@needs(Can.PEOPLE)
@require_GET
def face(request: Signed, number: int, name: str) -> HttpResponse:
    """Give a person's photo to who keeps their page."""
    return photos.answer(seen(request, number), name)


@needs(Can.PEOPLE)
@once
@require_POST
def unlock(request: Signed, number: int) -> HttpResponse:
    """Open a staff number that failed too often."""
    user = mine(request, number, Can.PEOPLE)
    actions.unlock(user=user, by=request.by)
    messages.success(request, _("{name} may try again.").format(name=user.name))
    return _back(request, user)


@needs(Can.PEOPLE)
@once
@require_POST
def activity(request: Signed, number: int) -> HttpResponse:
    """Switch a person off, or on again."""
    user, on = mine(request, number, Can.PEOPLE), request.POST.get("on") == "1"
    verb = actions.activate if on else actions.deactivate
    verb(user=user, by=request.by)
    said = _("{name} may sign in again.") if on else _("{name} signs in no more.")
    messages.success(request, said.format(name=user.name))
    return _back(request, user)


@needs(Can.PEOPLE, Can.ROLES)
@require_GET
def history(request: Signed, number: int) -> HttpResponse:
    """Show what was done to a person, and by whom."""
    user = seen(request, number)
    page = Paginator(queries.history_of(user), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {"person": user, "page": page, "entries": lines(page)}
    return render(request, "accounts/person_history.html", context)


def show(request: Signed, user: User, **bound: Any) -> HttpResponse:
    """Show a person's page, with a form that has errors in the place of its own."""
    made = request.session.get(MADE)
    if made and made[0] == user.pk:
        del request.session[MADE]
    context = {
        "person": user,
        "form": people_forms.PersonForm(instance=user),
        "badge": people_forms.BadgeForm(),
        "photo": people_forms.PhotoForm(),
        "face": photos.name_of(user),
        "give": people_forms.GiveRole(request.hall, everywhere(request)),
        "held": queries.memberships(user),
        "made": made[1] if made and made[0] == user.pk else "",
        "locked": lockout.is_locked(user.staff_number),
        "elsewhere": not everywhere(request) and queries.works_elsewhere(user, request.hall),
        "oneself": user.pk == request.user.pk,
        "guards": Can.SIGN_INS in request.can and queries.is_member(user, request.hall),
    }
    status = 422 if any(form.is_bound for form in bound.values()) else 200
    return render(request, "accounts/person.html", context | bound, status=status)


def _back(request: Signed, user: User) -> HttpResponse:
    return redirect("accounts:person", request.hall.slug, user.pk)
