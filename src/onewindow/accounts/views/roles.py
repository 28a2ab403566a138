"""What a person may: roles given and taken, by the security administrator."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from onewindow.accounts import actions, people_forms, queries
from onewindow.accounts.access import Can, needs
from onewindow.accounts.actions.roles import TooManyHalls
from onewindow.accounts.reach import everywhere, seen
from onewindow.accounts.requests import Signed
from onewindow.accounts.states import Role
from onewindow.accounts.views.people import show
from onewindow.base.web.once import once
from onewindow.base.web.refused import NotFound


@needs(Can.ROLES)
@once
@require_POST
def give(request: Signed, number: int) -> HttpResponse:
    """Give a person a role, here or in all halls."""
    user = seen(request, number)
    form = people_forms.GiveRole(request.hall, everywhere(request), request.POST)
    if not form.is_valid():
        return show(request, user, give=form)
    given = form.cleaned_data
    hall = None if given["where"] == form.EVERYWHERE else request.hall
    role, department = Role(given["role"]), given["department"]
    actions.give_role(user=user, role=role, hall=hall, department=department, by=request.by)
    messages.success(request, _("{name} is {role} now.").format(name=user.name, role=role.label))
    return redirect("accounts:person", request.hall.slug, user.pk)


@needs(Can.ROLES)
@once
@require_POST
def take(request: Signed, number: int, membership: int) -> HttpResponse:
    """Take a role away."""
    user = seen(request, number)
    member = queries.memberships(user).filter(pk=membership).first()
    if member is None:
        raise NotFound
    if member.hall_id != request.hall.pk and not everywhere(request):
        raise TooManyHalls
    actions.take_role(member=member, by=request.by)
    role = Role(member.role).label
    messages.success(request, _("{name} is {role} no more.").format(name=user.name, role=role))
    return redirect("accounts:person", request.hall.slug, user.pk)
