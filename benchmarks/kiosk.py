"""The kiosk's first touch: how soon a slow machine that has just begun answers a visitor.

Chromium with its processor slowed six times and nothing in its cache opens the kiosk's page; the
first group is touched as soon as it is there, and its services appear. The time from the opening
until they do is what is measured, with that of the driver. Five hundred people wait meanwhile.
"""

import json
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from benchmarks.rows import Row, share
from benchmarks.server import server
from tests import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MANY, WINDOWS, ZONES = 500, 60, 5
SLOWER = 6  # times
UPRIGHT = {"width": 1080, "height": 1920}
LIMIT_S = 1.0
LONG_MS = 10_000
GROUP, ANSWER = "a.group >> nth=0", "a.group[aria-current=page]"


def measure(database: str, *, short: bool = False) -> Iterator[Row]:
    """Touch a group of a kiosk that has just been opened, again and again."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (not asked for elsewhere)

    path = chromium.find()
    assert path, chromium.MISSING
    past = ("benchmarks.bulk", "1000", str(MANY))
    with server(database, windows=WINDOWS, zones=ZONES, before=past) as one:
        signed = json.loads(one.run("benchmarks.people", "sign-in").splitlines()[-1])
        address = f"http://127.0.0.1:{one.port}{signed['addresses']['kiosk']}"
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
            tries = [_touch(browser, address) for _ in range(4 if short else 22)][2:]
            browser.close()
    there, answered = zip(*[one for one in tries if one], strict=True)
    yield Row("touches without an answer", len(tries) - len(answered), "", 0)
    how = f"processor {SLOWER} × slower, nothing cached"
    yield Row(f"{how}: the first group is there, p95", share(there, 0.95), "s")
    yield Row(f"{how}: opened, touched and answered, median", share(answered, 0.5), "s")
    yield Row(f"{how}: opened, touched and answered, p95", share(answered, 0.95), "s", LIMIT_S)


def _touch(browser: "Browser", address: str) -> tuple[float, float] | None:
    """Open the kiosk anew and touch a group: after how many seconds it was there, and answered."""
    from playwright.sync_api import TimeoutError as TooLate  # noqa: PLC0415 (not asked for elsewhere)

    context = browser.new_context(viewport=UPRIGHT, has_touch=True, locale="en-GB")  # type: ignore[arg-type]  # sizes
    page = context.new_page()
    page.set_default_timeout(LONG_MS)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    began = time.perf_counter()
    try:
        page.goto(address, wait_until="commit")
        page.wait_for_selector(GROUP)
        there = time.perf_counter() - began
        page.tap(GROUP)
        page.wait_for_selector(ANSWER)
        return there, time.perf_counter() - began
    except TooLate:
        return None
    finally:
        context.close()
