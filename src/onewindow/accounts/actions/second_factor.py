"""The second factor: set up, asked, renewed, taken away. Each stands on the trail."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from onewindow.accounts import queries, totp
from onewindow.accounts.actions.sign_ins import end_sign_ins
from onewindow.accounts.models import RecoveryCode, SecondFactor, User
from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.vault.keys import blind_index
from onewindow.base.web.refused import Refused


class MustStay(Refused):
    """An administrator has a second factor; another phone takes the place of the old one."""

    sentence = _("An administrator keeps the second factor. Set it up anew on another phone.")


class NoSecondFactor(Refused):
    """There is nothing to renew or to take away."""

    sentence = _("There is no second factor.")


@action
def set_up_second_factor(*, user: User, secret: str, code: str, by: By) -> list[str] | None:
    """Let codes of this secret count from now on, and return fresh recovery codes.

    None when the code is not one of now: nothing has changed then.
    """
    step = totp.step_of(secret, code)
    if step is None:
        return None
    kept = {"secret": secret, "step": step}  # the code that confirmed it is used
    SecondFactor.objects.update_or_create(user=user, defaults=kept)
    _since(user, clocks.now())
    record("second-factor.set-up", user, by=by, label=user.staff_number)
    return _fresh_codes(user)


@action
def use_code(*, user: User, code: str, by: By) -> bool:
    """Say whether a code, or a recovery code, is right; it counts no second time."""
    plain = totp.plain(code)
    if _use_spare(user, plain):
        left = user.recovery_codes.count()
        record("second-factor.recovery-code-used", user, by=by, label=user.staff_number, left=left)
        return True
    factor = SecondFactor.objects.filter(user=user).first()
    step = totp.step_of(factor.secret, plain) if factor else None
    if step is None:
        return False
    return bool(SecondFactor.objects.filter(user=user, step__lt=step).update(step=step))


@action
def renew_recovery_codes(*, user: User, by: By) -> list[str]:
    """Make the old recovery codes worthless and return new ones, which are shown this once only."""
    if user.second_factor_since is None:
        raise NoSecondFactor
    record("second-factor.codes-renewed", user, by=by, label=user.staff_number)
    return _fresh_codes(user)


@action
def turn_off_second_factor(*, user: User, by: By) -> None:
    """Ask a person for the password alone again. Raise MustStay for an administrator."""
    if queries.must_have_second_factor(user):
        raise MustStay
    _take_away(user)
    record("second-factor.turned-off", user, by=by, label=user.staff_number)


@action
def reset_second_factor(*, user: User, by: By) -> None:
    """Take away the second factor of somebody whose phone is gone, and end their sign-ins.

    An administrator sets up another at the next sign-in. Raise NoSecondFactor.
    """
    _take_away(user)
    end_sign_ins(user=user, by=by)
    record("second-factor.reset", user, by=by, label=user.staff_number)


def _take_away(user: User) -> None:
    if user.second_factor_since is None:
        raise NoSecondFactor
    SecondFactor.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
    _since(user, None)


def _since(user: User, moment: datetime | None) -> None:
    user.second_factor_since = moment
    user.save(update_fields=["second_factor_since"])


def _fresh_codes(user: User) -> list[str]:
    RecoveryCode.objects.filter(user=user).delete()
    codes = totp.new_spare_codes()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=_digest(user, totp.plain(code))) for code in codes
    )
    return codes


def _use_spare(user: User, plain: str) -> bool:
    """Take a recovery code out of the row of those that count; of two at once, one gets it."""
    return bool(RecoveryCode.objects.filter(user=user, digest=_digest(user, plain)).delete()[0])


def _digest(user: User, plain: str) -> str:
    return blind_index(f"recovery {user.pk} {plain}")
