"""People: who they are, their roles, their password and PIN, their coming and going."""

from django.contrib.auth.hashers import make_password

from onewindow.accounts.models import Membership, User
from onewindow.accounts.states import Role
from onewindow.base.action import action
from onewindow.base.halls.models import Department, Hall
from onewindow.base.trail import By
from onewindow.base.trail.record import record


@action
def create_user(*, staff_number: str, name: str, password: str, by: By) -> User:
    """Add a person with a password that counts for once: the first sign-in asks for another."""
    user = User.objects.create_user(staff_number, password, name=name, must_change_password=True)
    record("user.made", user, by=by, label=user.staff_number)
    return user


@action
def give_role(
    *,
    user: User,
    role: Role,
    by: By,
    hall: Hall | None = None,
    department: Department | None = None,
) -> Membership:
    """Give a person a role in a hall, or in all of them."""
    member, _new = Membership.objects.update_or_create(
        user=user, hall=hall, role=role, defaults={"department": department}
    )
    where = hall.pk if hall else None
    record("role.given", user, by=by, hall=where, label=user.staff_number, role=str(role))
    return member


@action
def set_password(*, user: User, password: str, by: By, for_once: bool = False) -> None:
    """Set a password that was checked before; ``for_once`` asks for another at the next sign-in."""
    user.set_password(password)
    user.must_change_password = for_once
    user.save(update_fields=["password", "must_change_password"])
    record("user.password-set", user, by=by, label=user.staff_number)


@action
def set_pin(*, user: User, pin: str, by: By) -> None:
    """Set the PIN that opens a locked screen; only its hash is kept."""
    user.pin = make_password(pin)
    user.save(update_fields=["pin"])
    record("user.pin-set", user, by=by, label=user.staff_number)


@action
def choose_language(*, user: User, language: str) -> None:
    """Remember in which language a person wishes to work."""
    user.language = language
    user.save(update_fields=["language"])


@action
def came(*, user: User, by: By, how: str = "") -> None:
    """Write down that somebody signed in; ``how`` where it was not by the password."""
    record("user.signed-in", user, by=by, label=user.staff_number, how=how)


@action
def went(*, user: User, by: By, why: str = "") -> None:
    """Write down that somebody signed out, or was signed out."""
    record("user.signed-out", user, by=by, label=user.staff_number, why=why)
