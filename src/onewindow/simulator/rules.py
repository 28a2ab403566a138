"""How people behave in a hall: arrivals, service times, who does not come. Pure, seeded."""

import math
from dataclasses import dataclass, field
from random import Random

DAY_S = 8 * 3600
PEAKS = ((0.45, 1.25 * 3600, 2700.0), (0.37, 5.4 * 3600, 3300.0))  # share, after opening, spread
EVEN = 0.18


@dataclass(frozen=True)
class Offered:
    """A service as the simulation sees it."""

    code: str
    target_s: int
    often: int


@dataclass(frozen=True)
class Visitor:
    """What one simulated person will do."""

    service: str
    priority: str = "p4"
    needs: tuple[str, ...] = ()
    channel: str = "kiosk"
    also: str = ""  # a second service in the same visit
    comes: bool = True  # when called
    comes_back: bool = False  # after having been missed
    fills_in_form: bool = False
    sent_on: bool = False
    files: int = 1
    walks_s: int = 25
    served_s: int = 300
    outcome: str = "done"
    extra: dict[str, str] = field(default_factory=dict)


def rate(since_opening_s: float, visitors_a_day: float) -> float:
    """Return arrivals per second: two peaks over an even stream.

    The integral over an eight-hour day is about ``visitors_a_day``.
    """
    if not 0 <= since_opening_s <= DAY_S:
        return 0.0
    density = EVEN / DAY_S
    for share, middle, spread in PEAKS:
        bell = math.exp(-(((since_opening_s - middle) / spread) ** 2) / 2)
        density += share * bell / (spread * math.sqrt(2 * math.pi))
    return visitors_a_day * density


def next_arrival(rng: Random, since_opening_s: float, visitors_a_day: float) -> float | None:
    """Return the next arrival in seconds since opening, by thinning; None when the day is over."""
    most = max(rate(second, visitors_a_day) for second in range(0, DAY_S, 300)) or 1e-9
    at = since_opening_s
    while at < DAY_S:
        at += rng.expovariate(most)
        if rng.random() < rate(at, visitors_a_day) / most:
            return at
    return None


def visitor(rng: Random, offered: list[Offered]) -> Visitor:
    """Draw a person: what they want and what will become of it."""
    weights = [max(1, one.often) for one in offered]
    wanted = rng.choices(offered, weights)[0]
    priority = rng.choices(["p1", "p3", "p4"], [5, 8, 87])[0]
    comes = rng.random() > 0.06
    return Visitor(
        service=wanted.code,
        priority=priority,
        needs=_needs(rng, priority),
        channel=rng.choices(["kiosk", "phone", "guide"], [74, 19, 7])[0],
        also=_also(rng, offered, wanted),
        comes=comes,
        comes_back=not comes and rng.random() < 0.5,
        fills_in_form=rng.random() < 0.05,
        sent_on=rng.random() < 0.03,
        files=rng.choices([1, 2, 3, 5], [88, 8, 3, 1])[0],
        walks_s=rng.randint(10, 55),
        served_s=service_time(rng, wanted.target_s),
        outcome=rng.choices(
            ["done", "received", "told_lacking", "advice_only", "wrong_window"], [62, 22, 9, 6, 1]
        )[0],
    )


def service_time(rng: Random, target_s: int) -> int:
    """Draw a service time in seconds: log-normal, mostly below the target, as it is in life."""
    return int(min(3600, max(45, rng.lognormvariate(math.log(target_s * 0.55), 0.5))))


def _needs(rng: Random, priority: str) -> tuple[str, ...]:
    share = 0.3 if priority != "p4" else 0.01
    return (rng.choice(["hearing", "sight", "walking", "reading"]),) if rng.random() < share else ()


def _also(rng: Random, offered: list[Offered], wanted: Offered) -> str:
    others = [one.code for one in offered if one.code != wanted.code]
    return rng.choice(others) if others and rng.random() < 0.05 else ""
