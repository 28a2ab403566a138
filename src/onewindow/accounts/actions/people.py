"""People: who they are, their password and PIN, their coming and going."""

from axes.utils import reset
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from onewindow.accounts import standing
from onewindow.accounts.actions.photos import take_photo
from onewindow.accounts.actions.roles import keep_the_last
from onewindow.accounts.actions.sign_ins import end_sign_ins
from onewindow.accounts.models import PastPassword, User
from onewindow.accounts.passwords import one_time_password
from onewindow.base.action import action
from onewindow.base.trail import By
from onewindow.base.trail.editing import differences
from onewindow.base.trail.record import record
from onewindow.base.vault.keys import blind_index
from onewindow.base.web.refused import Refused

REMEMBERED = 4  # with the present one five passwords that do not count again


class StandsAtWindow(Refused):
    """Who stands at a window stays until it is closed."""

    sentence = _("{name} stands at window {window}. Close the window first.")


class Oneself(Refused):
    """Nobody shuts themselves out."""

    sentence = _("Nobody switches themselves off: another system administrator does.")
    status = 403


class BadgeTaken(Refused):
    """A badge is one person's."""

    sentence = _("This badge is somebody else's already.")


class OwnPassword(Refused):
    """One's own password is changed with the present one."""

    sentence = _("Change your own password on its page, with the present one.")
    status = 403


@action
def create_user(*, staff_number: str, name: str, password: str, by: By) -> User:
    """Add a person with a password that counts for once: the first sign-in asks for another.

    Staff number and name were checked before (``User.full_clean``); roles are given apart.
    """
    user = User(staff_number=staff_number, name=name)
    user.set_password(password)
    return add_user(user=user, by=by)


@action
def add_user(*, user: User, by: By) -> User:
    """Add a person whose password for once was hashed before: of many, that takes long."""
    user.must_change_password = True
    user.save(force_insert=True)
    record("user.made", user, by=by, label=user.staff_number)
    return user


@action
def set_password(
    *, user: User, password: str, by: By, for_once: bool = False, but: str | None = None
) -> None:
    """Set a password that was checked before, and end all sign-ins ``but`` this session.

    ``for_once`` asks for another password at the next sign-in.
    """
    _remember(user)
    user.set_password(password)
    user.must_change_password = for_once
    user.save(update_fields=["password", "must_change_password"])
    end_sign_ins(user=user, by=by, but=but)
    record("user.password-set", user, by=by, label=user.staff_number)


def _remember(user: User) -> None:
    """Keep the hash of the present password, with those of the few before it."""
    if user.has_usable_password():
        PastPassword.objects.create(user=user, password=user.password)
    kept = user.past_passwords.order_by("-pk").values_list("pk", flat=True)[:REMEMBERED]
    user.past_passwords.exclude(pk__in=list(kept)).delete()


@action
def reset_password(*, user: User, by: By) -> str:
    """Give a person a password for once, open a locked number, and return the password.

    Every sign-in of theirs ends: it was made with another password. Raise OwnPassword.
    """
    if by.kind == "user" and by.id == user.pk:
        raise OwnPassword
    password = one_time_password()
    set_password(user=user, password=password, for_once=True, by=by)
    reset(username=user.staff_number)
    return password


@action
def unlock(*, user: User, by: By) -> None:
    """Let a staff number sign in again that failed too often."""
    reset(username=user.staff_number)
    record("user.unlocked", user, by=by, label=user.staff_number)


@action
def edit_person(*, user: User, name: str, language: str, by: By) -> User:
    """Change the badge name and the language in which a person works ("": the hall's)."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    before = {"renamed": user.name, "language": user.language}
    changes = differences(before, {"renamed": name, "language": language})
    if changes:
        user.name, user.language = name, language
        user.save(update_fields=["name", "language"])
        # The trail is kept for ever and knows people by their numbers: that the name is another.
        told = {"language": changes["language"]} if "language" in changes else {}
        is_renamed = "renamed" in changes
        number = user.staff_number
        record("user.changed", user, by=by, label=number, changes=told, renamed=is_renamed)
    return user


@action
def forget_pin(*, user: User, by: By) -> None:
    """Take a PIN away that was forgotten: the person sets another with the password."""
    user.pin = ""
    user.save(update_fields=["pin"])
    record("user.pin-forgotten", user, by=by, label=user.staff_number)


@action
def set_badge(*, user: User, badge: str, by: By) -> None:
    """Keep the blind index of a badge's number ("": take the badge away). Raise BadgeTaken."""
    index = blind_index(badge) if badge else ""
    if index and User.objects.filter(badge=index).exclude(pk=user.pk).exists():
        raise BadgeTaken
    user.badge = index
    user.save(update_fields=["badge"])
    kind = "user.badge-set" if index else "user.badge-taken"
    record(kind, user, by=by, label=user.staff_number)


@action
def deactivate(*, user: User, by: By) -> None:
    """Let a person sign in no more: all sign-ins end, the photo goes; the name stays on the trail.

    Raise Oneself, StandsAtWindow, LastOfThem.
    """
    if by.kind == "user" and by.id == user.pk:
        raise Oneself
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    window = standing.plan().window_of(user)
    if window:
        raise StandsAtWindow(name=user.name, window=window)
    keep_the_last(user, list(user.memberships.all()))
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        end_sign_ins(user=user, by=by)
        take_photo(user=user, by=by)
        record("user.switched-off", user, by=by, label=user.staff_number)


@action
def activate(*, user: User, by: By) -> None:
    """Let a person sign in again who was away."""
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        record("user.switched-on", user, by=by, label=user.staff_number)


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
