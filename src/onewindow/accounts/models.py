"""Who can act: people with their roles, devices, and keys of programs."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from onewindow.accounts.browsers import in_words
from onewindow.accounts.states import DeviceKind, Role
from onewindow.base import clocks
from onewindow.base.halls.models import Department, Hall
from onewindow.base.vault.fields import EncryptedText

SILENT = timedelta(minutes=2)


class Users(BaseUserManager["User"]):
    """Makes users."""

    def create_user(self, staff_number: str, password: str | None = None, **more: Any) -> "User":
        user = self.model(staff_number=staff_number, **more)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A member of staff: the staff number signs in, the badge name is what visitors see."""

    staff_number = models.CharField(
        _("staff number"),
        max_length=20,
        unique=True,
        validators=[RegexValidator(r"\A[0-9A-Za-z-]+\Z")],
    )
    name = models.CharField(_("badge name"), max_length=60)
    pin = models.CharField(max_length=128, blank=True)  # hashed as passwords are
    badge = models.CharField(max_length=32, blank=True)  # the blind index of its number
    language = models.CharField(max_length=12, blank=True)
    keys_on = models.BooleanField(default=True)  # space and Enter at the desk
    must_change_password = models.BooleanField(default=False)  # the present one is for once only
    is_active = models.BooleanField(default=True)
    second_factor_since = models.DateTimeField(null=True, blank=True)  # asked at every request

    USERNAME_FIELD = "staff_number"
    REQUIRED_FIELDS = ["name"]
    objects = Users()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "badge", condition=~models.Q(badge=""), name="one_person_per_badge"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def with_number(self) -> str:
        """The badge name and the staff number; whose name is the number is named once."""
        if self.name == self.staff_number:
            return _("staff number {number}").format(number=self.staff_number)
        return f"{self.name} · {self.staff_number}"


class Photo(models.Model):
    """A person's face, as the display of their window shows it. Closed with the vault's key."""

    user = models.OneToOneField(User, models.CASCADE, related_name="photo", primary_key=True)
    name = models.CharField(max_length=16)  # of its content: its address changes with it
    closed = models.BinaryField()  # an upright JPEG, encrypted

    def __str__(self) -> str:
        return f"{self.user_id}"


class PastPassword(models.Model):
    """The hash of a password that a person had before: it is not taken again so soon."""

    user = models.ForeignKey(User, models.CASCADE, related_name="past_passwords")
    password = models.CharField(max_length=128)

    def __str__(self) -> str:
        return f"{self.user_id}"


class Membership(models.Model):
    """A person's role in a hall; no hall means all of them."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    hall = models.ForeignKey(Hall, models.CASCADE, null=True, blank=True, related_name="members")
    role = models.CharField(max_length=24, choices=Role.choices)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True)
    given_by = models.CharField(max_length=60, blank=True)  # a staff number, or the installation
    given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("user", "hall", "role", name="one_membership_per_role"),
            models.UniqueConstraint(
                "user",
                "role",
                condition=models.Q(hall=None),
                name="one_membership_for_all_halls",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class SecondFactor(models.Model):
    """What a person's codes are made from. A code counts once: ``step`` only grows."""

    user = models.OneToOneField(User, models.CASCADE, related_name="second_factor")
    secret = EncryptedText()
    step = models.BigIntegerField(default=0)  # the half minute of the last code, since 1970

    def __str__(self) -> str:
        return f"{self.user_id}"


class RecoveryCode(models.Model):
    """A code that counts in place of the second factor, once: then its row is gone.

    Only an HMAC of it stands here; its key lies outside the database.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"{self.user_id}"


class SignIn(models.Model):
    """Where a person is signed in. It lasts as long as its session, whose key changes at times."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    session = models.CharField(max_length=40, unique=True)
    address = models.CharField(max_length=45)
    agent = models.CharField(max_length=200, blank=True)  # what the browser calls itself
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.address}"

    @property
    def browser(self) -> str:
        """Browser and system in words; "" when it does not say."""
        return in_words(self.agent)


class ApiKey(models.Model):
    """A program's key: one hall and a set of permissions. Only the secret's hash is kept."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="keys")
    label = models.CharField(max_length=60)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    can = models.JSONField(default=list)
    made_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.label


class Device(models.Model):
    """A screen or terminal of a hall. Its address carries a token made from ``generation``.

    The token is no secret kept here: it is worked out from the installation's key, so a copied
    database opens no screen; raising ``generation`` makes the old address worthless.
    """

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="devices")
    kind = models.CharField(max_length=20, choices=DeviceKind.choices)
    name = models.CharField(max_length=60)
    generation = models.PositiveIntegerField(default=1)
    turn = models.PositiveIntegerField(default=0)  # grows when the open screen is to load anew
    settings = models.JSONField(default=dict, blank=True)
    host = models.CharField(max_length=253, blank=True)  # of a printer, which has no page
    port = models.PositiveIntegerField(null=True, blank=True)
    connected_at = models.DateTimeField(null=True, blank=True)  # first sign at this address
    seen_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("hall", "name", name="one_device_per_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def topic(self) -> str:
        """What its open screen listens to."""
        return f"device.{self.pk}"

    def is_offline(self, away: timedelta = timedelta(0)) -> bool:
        """Say whether it was seen once, and is not now; for ``away`` we heard nobody."""
        return self.seen_at is not None and clocks.now() - self.seen_at - away > SILENT


class Pairing(models.Model):
    """A screen that waits to be told what it is, and what it became.

    Its browser keeps a secret, of which only the hash stands here; the code is what people read
    from the screen. A code opens once: it goes when the screen has become a device.
    """

    digest = models.CharField(max_length=64, unique=True)
    code = models.CharField(max_length=6, blank=True)
    code_at = models.DateTimeField(db_index=True)
    address = models.CharField(max_length=45)
    device = models.ForeignKey(Device, models.CASCADE, null=True, related_name="pairings")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "code", condition=~models.Q(code=""), name="one_screen_per_code"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class WrongCode(models.Model):
    """A code that no screen showed: guesses are counted."""

    address = models.CharField(max_length=45)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.address} {self.at:%F %T}"


class WrongPin(models.Model):
    """A wrong PIN or an unknown badge at a window's PC: guesses are counted."""

    device = models.ForeignKey(Device, models.CASCADE, related_name="wrong_pins")
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.device_id} {self.at:%F %T}"
