"""Take the pictures of the guides from a running demonstration, in both languages.

    onewindow demo                                   # in one terminal
    python docs/pictures/take.py [ADDRESS]           # in another, from the repository

ADDRESS is http://127.0.0.1:8000 unless told. A visitor takes a number at the kiosk, a clerk at a
free window calls and serves it, the others look on. Look at every picture before it is kept.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from tests.chromium import FLAGS, find  # noqa: E402  (of the repository, which is no package)

LANGUAGES = {"en": "en", "zh": "zh-CN"}
WINDOW = "8"  # one that no simulated clerk works at
SERVICE = "J01"
LIMIT = 200_000  # bytes
SETTLE_MS = 1200  # a woken panel has come, letters and icons are drawn


class Photographer:
    """Visits the demonstration in one language and keeps what it sees."""

    def __init__(self, browser: Browser, address: str, language: str) -> None:
        self.browser, self.address, self.language = browser, address.rstrip("/"), language

    @contextmanager
    def page(self, size: str, scale: float = 1, role: str = "") -> Iterator[Page]:
        """Open a browser of its own, signed in as a role where one is named."""
        width, height = map(int, size.split("x"))
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            device_scale_factor=scale,
            locale=LANGUAGES.get(self.language, "zh-CN"),
            color_scheme="light",
        )
        page = context.new_page()
        page.goto(self.address)
        if role:
            page.locator(f"form[action='/demo/join/{role}/'] .door").click()
            page.wait_for_url("**/s/demo/**")
        yield page
        context.close()

    def keep(self, page: Page, name: str, part: str = "") -> None:
        """Wait until the page is still and write its picture, or that of a part of it."""
        page.wait_for_timeout(SETTLE_MS)
        target = HERE / (
            f"{name}.png" if self.language == "both" else f"{name}.{self.language}.png"
        )
        (page.locator(part) if part else page).screenshot(path=target)
        size = target.stat().st_size
        sys.stdout.write(f"{size // 1000:>4} kB  {target.name}\n")
        if size > LIMIT:
            raise SystemExit(f"{target.name} is larger than {LIMIT // 1000} kB.")

    def door(self, page: Page, letter: str) -> str:
        """Return the address of a screen that the front page leads to: /k, /d or /w."""
        page.goto(self.address)
        return self.address + str(page.locator(f".door[href^='/{letter}/']").get_attribute("href"))

    def front_and_sign_in(self) -> None:
        """The demonstration's first page, and the door for staff."""
        with self.page("1200x860", 0.75) as page:
            self.keep(page, "front")
            page.goto(self.address + "/sign-in")
            page.set_viewport_size({"width": 800, "height": 600})
            self.keep(page, "sign-in")

    def pause(self, wanted: str) -> None:
        """Let the simulated people stand still, or go on."""
        with self.page("1200x860") as page:
            button = page.locator(f"button[name=paused][value={wanted}]")
            if button.count():
                button.click()
                page.wait_for_timeout(2 * SETTLE_MS)  # what was under way is done

    def kiosk(self) -> tuple[str, str]:
        """Take a number; return the address of its phone page, and the number."""
        with self.page("1080x1920", 0.5) as page:
            kiosk = self.door(page, "k")
            page.goto(kiosk)
            self.keep(page, "kiosk")
            page.goto(f"{kiosk}service/{SERVICE}/")
            self.keep(page, "kiosk-papers")
            page.locator("button.take").click()
            page.wait_for_url("**/number/**")
            self.keep(page, "ticket")
            number = page.locator("h1.num").inner_text()
            return f"{self.address}/t/{page.url.rstrip('/').rsplit('/', 1)[1]}/", number

    def window(self, phone: str, number: str) -> None:
        """Call and serve that number at a free window; its phone page looks on."""
        with self.page("390x760") as visitor, self.page("1440x900", 0.9, "clerk") as clerk:
            visitor.goto(phone)
            self.keep(visitor, "phone-waiting")
            self._to_window(clerk)
            self._call(clerk, number)
            self.keep(visitor, "phone-called")
            clerk.locator("form[action$='/start'] button").click()
            clerk.locator(".papers input").first.check()
            self.keep(clerk, "desk")
            with self.page("340x420", 1, "clerk") as small:
                small.goto(self.address + "/s/demo/desk/strip/")
                self.keep(small, "strip")
            self._leave(clerk)

    def _to_window(self, clerk: Page) -> None:
        clerk.goto(self.address + "/s/demo/desk/")
        if clerk.locator("#here").count():  # left so by somebody who joined before
            self._leave(clerk)
        self.keep(clerk, "choose-window")
        clerk.locator(f"form:has(input[value='{WINDOW}']) button").click()
        clerk.wait_for_selector("#here")

    def _call(self, clerk: Page, number: str) -> None:
        panel = clerk.locator("details.ask:has(input[name=number])")
        panel.locator("summary").click()
        panel.locator("input[name=number]").fill(number)
        panel.locator("select[name=reason]").select_option("order")
        panel.locator("input[name=ordered_by]").fill("0101")
        panel.locator("button").click()
        clerk.wait_for_selector("form[action$='/start']")

    def _leave(self, clerk: Page) -> None:
        """Finish with whoever is at the window, and close it."""
        if not clerk.locator("#here form[action$='/close']").count():
            clerk.locator("details.ask:has(select[name=outcome]) summary").click()
            clerk.locator("details.ask:has(select[name=outcome]) button").click()
        clerk.locator("#here form[action$='/close']").wait_for()
        clerk.wait_for_timeout(SETTLE_MS)
        clerk.locator("#here form[action$='/close'] button").click()
        clerk.wait_for_timeout(SETTLE_MS)
        clerk.goto(self.address + "/s/demo/desk/")

    def happen(self, page: Page, what: str, seconds: float = 0) -> None:
        """Press one of the six buttons on the first page, and wait until the hall has noticed."""
        page.goto(self.address)
        page.locator(f"form[action='/demo/happens/{what}/'] button").click()
        page.wait_for_url("**/#happened")
        page.wait_for_timeout(seconds * 1000)

    def what_if(self) -> None:
        """A paper jam, an empty window, a power cut: what the screens say, and put right again."""
        with self.page("1200x900", 0.8) as page:
            self.happen(page, "jam", 8)
            self.keep(page, "what-if", "section[aria-labelledby=happens]")
            number = str(page.locator("#happened a[href^='/k/']").get_attribute("href"))
            with self.page("1080x1920", 0.5) as kiosk:
                kiosk.goto(self.address + number)
                self.keep(kiosk, "kiosk-jam")
            self.happen(page, "unjam", 20)
            self.happen(page, "leave", 25)  # the visitor has walked there and found nobody
            with self.page("1440x900", 0.8, "duty_manager") as board:
                self.keep(board, "empty-window")
            self.happen(page, "back")
            self.happen(page, "cut", 30)
            page.locator("#happened input[value=outage]").wait_for(
                state="attached", timeout=180_000
            )
            with self.page("1180x820", 0.8, "duty_manager") as outage:
                outage.goto(self.address + "/s/demo/outage/")
                self.keep(outage, "outage")

    def displays(self) -> None:
        """The hall display and the display of a window: they speak the hall's languages."""
        with self.page("1920x1080", 0.5) as page:
            for letter, name in (("d", "hall-display"), ("w", "window-display")):
                page.goto(self.door(page, letter))
                self.keep(page, name)

    def staff(self) -> None:
        """The duty manager's pages, the guide's desk, the administrator's devices."""
        with self.page("1440x900", 0.8, "duty_manager") as page:
            opens = page.locator("form[action$='/board/open'] button")
            if opens.count():
                opens.click()
            self.keep(page, "board")
            page.goto(self.address + "/s/demo/board/close/")
            page.set_viewport_size({"width": 1180, "height": 1240})
            self.keep(page, "closing")
        with self.page("1180x820", 0.8, "guide") as page:
            self.keep(page, "guide")
        with self.page("1200x760", 0.8, "system_administrator") as page:
            page.goto(self.address + "/s/demo/accounts/devices/")
            self.keep(page, "devices")


def main(address: str = "http://127.0.0.1:8000") -> None:
    """Take them all."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find(), args=FLAGS)
        for language in LANGUAGES:
            eye = Photographer(browser, address, language)
            eye.front_and_sign_in()
            eye.pause("yes")  # else a simulated clerk may be quicker with our number
            eye.window(*eye.kiosk())
            eye.pause("no")
            eye.staff()
            eye.what_if()
        Photographer(browser, address, "both").displays()


if __name__ == "__main__":
    main(*sys.argv[1:])
