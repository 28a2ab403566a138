"""What the visitors' stories need: a hall that gives numbers, its kiosk, its QR spot."""

from dataclasses import dataclass
from typing import Any

from onewindow.accounts.devices import device_token
from onewindow.accounts.tests.make import DeviceFactory
from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.halls import memory
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.trail import By
from onewindow.catalogue.models import Condition, Service
from onewindow.catalogue.tests.make import MaterialFactory, ServiceFactory
from onewindow.floor.models import Spot, Window
from onewindow.floor.states import WindowKind
from onewindow.floor.tests import make
from onewindow.tickets import actions
from onewindow.tickets.models import Ticket
from onewindow.tickets.states import Channel

VISITOR = By("visitor", via="page")


@dataclass
class World:
    """A hall as its visitors meet it."""

    hall: Hall
    kiosk: str  # the beginning of the kiosk's addresses
    spot: Spot
    births: Service
    advice: Service
    window: Window

    @property
    def at_spot(self) -> str:
        return f"/h/{self.hall.slug}/q/{self.spot.code}/"

    def take(self, service: Service | None = None, **more: Any) -> Ticket:
        """Somebody takes a number."""
        given: dict[str, Any] = {"hall": self.hall, "by": VISITOR, "channel": Channel.KIOSK}
        return actions.take(service=service or self.births, **(given | more))


def world(hall: Hall, *, open_now: bool = True) -> World:
    """Furnish a hall: births at window 5, advice at the information desk."""
    births = ServiceFactory.create(
        hall=hall,
        code="A01",
        name={"zh-Hans": "出生登记", "en": "Birth registration"},
        spelling="chu sheng deng ji",
        often=30,
        guide={"fee": {"zh-Hans": "不收费", "en": "Free of charge"}},
    )
    advice = ServiceFactory.create(hall=hall, code="G01", often=10)
    unmarried = Condition.objects.create(
        hall=hall, code="unmarried", question={"en": "Are the parents unmarried?"}
    )
    MaterialFactory.create(service=births, name={"en": "Certificate of birth"})
    MaterialFactory.create(
        service=births, name={"en": "Marriage certificate"}, condition=unmarried, asked_if=False
    )
    window = make.window(hall, births, label="5")
    make.window(hall, advice, label="1", kind=WindowKind.INFORMATION)
    set_policy(hall, HoursPolicy(always_open=open_now))
    memory.forget()
    token = device_token(DeviceFactory.create(hall=hall, name="Entrance"))
    spot = make.SpotFactory.create(hall=hall)
    return World(hall, f"/k/{token}/", spot, births, advice, window)
