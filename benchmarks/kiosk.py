"""The kiosk's first touch: how soon a slow machine that has just begun answers a visitor.

Chromium with its processor slowed six times and nothing in its cache opens the kiosk's page; the
first group is touched as soon as it is painted, and its services appear. Measured by the page's own
clock, from the beginning of the navigation until they are painted. Five hundred people wait.
"""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from benchmarks.rows import Row, share
from benchmarks.server import server
from tests import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage

MANY, WINDOWS, ZONES = 500, 60, 5
SLOWER = 6  # times
UPRIGHT = {"width": 1080, "height": 1920}
LIMIT_S = 1.0
LONG_MS = 10_000
WATCH = """(() => {
    const tell = (what, at) => console.log(`${what} ${performance.timeOrigin + at}`);
    const wanted = {there: "a.group", answered: "a.group[aria-current=page]"};
    tell("opened", 0);
    new MutationObserver(() => {
        for (const [what, css] of Object.entries(wanted)) {
            if (!document.querySelector(css)) continue;
            delete wanted[what];
            const painted = () => tell(what, performance.now());
            requestAnimationFrame(() => requestAnimationFrame(painted));
        }
    }).observe(document, {childList: true, subtree: true});
})()"""
Pair = tuple[float, float]


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
            place = _place(browser, address)
            tries = [_touch(browser, address, place) for _ in range(4 if short else 22)][2:]
            browser.close()
    there, answered = zip(*[one for one in tries if one], strict=True)
    yield Row("touches without an answer", len(tries) - len(answered), "", 0)
    how = f"processor {SLOWER} × slower, nothing cached"
    yield Row(f"{how}: the first group is painted, p95", share(there, 0.95), "s")
    yield Row(f"{how}: opened, touched and answered, median", share(answered, 0.5), "s")
    yield Row(f"{how}: opened, touched and answered, p95", share(answered, 0.95), "s", LIMIT_S)


def _place(browser: "Browser", address: str) -> Pair:
    """Return where on the screen the first group stands."""
    page = browser.new_page(viewport=UPRIGHT, locale="en-GB")  # type: ignore[arg-type]  # sizes
    page.goto(address)
    box = page.locator("a.group").first.bounding_box()
    page.close()
    assert box, "the kiosk shows no group"
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _touch(browser: "Browser", address: str, place: Pair) -> Pair | None:
    """Open the kiosk anew and touch a group: after how many seconds it was there, and answered."""
    from playwright.sync_api import TimeoutError as TooLate  # noqa: PLC0415 (not asked for elsewhere)

    context = browser.new_context(viewport=UPRIGHT, has_touch=True, locale="en-GB")  # type: ignore[arg-type]  # sizes
    page, told = context.new_page(), dict[str, float]()
    page.set_default_timeout(LONG_MS)
    page.add_init_script(WATCH)

    def note(message: "ConsoleMessage") -> None:
        what, _, at = message.text.partition(" ")
        if what in ("opened", "there", "answered"):
            told.setdefault(what, float(at) / 1000)

    page.on("console", note)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    try:
        with page.expect_console_message(lambda message: message.text.startswith("there")):
            page.goto(address, wait_until="commit")
        with page.expect_console_message(lambda message: message.text.startswith("answered")):
            page.touchscreen.tap(*place)
    except TooLate:
        return None
    finally:
        context.close()
    return told["there"] - told["opened"], told["answered"] - told["opened"]
