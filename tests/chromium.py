"""The browser of the browser tests: found, installed where we may, or said to be missing.

``python -m tests.chromium`` is a step of ``make test``. A machine has a browser when
``ONEWINDOW_CHROMIUM`` names one, ``chromium`` is on the path, or Playwright brought its own. Where
there is none and the machine is a Debian one that we run as root, it is installed with a Chinese
font. Else the browser tests are left out, which is said; with ``CI`` set it is an error.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-noto-cjk")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = (
    "NOT RUN: the browser tests. There is no Chromium: install one, or name it in "
    "ONEWINDOW_CHROMIUM."
)


def find() -> str | None:
    """Return the path of a Chromium; None where there is none."""
    given = os.environ.get("ONEWINDOW_CHROMIUM", "")
    if given:
        return given if Path(given).exists() else None
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    return on_path or _of_playwright()


def _of_playwright() -> str | None:
    """Return the Chromium that ``playwright install`` brought."""
    caches = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache/ms-playwright"))
    return next(map(str, sorted(caches.glob("chromium-*/chrome-linux*/chrome"))), None)


def has_chinese_font() -> bool:
    """Say whether Chinese would be shown as letters and not as boxes."""
    tool = shutil.which("fc-list")
    return tool is not None and bool(subprocess.check_output([tool, ":lang=zh"]).strip())


def may_install() -> bool:
    """Say whether this is a Debian machine that we run as root."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install() -> None:
    """Install Chromium and a Chinese font with apt-get."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", *PACKAGES]):
        subprocess.run(["apt-get", "-qq", *words], env=quiet, stdout=subprocess.DEVNULL, check=True)


def main() -> int:
    """See to a browser; return 1 where there must be one and is none."""
    if may_install() and not (find() and has_chinese_font()):
        try:
            install()
        except subprocess.CalledProcessError as failed:
            sys.stderr.write(f"apt-get did not install Chromium: {failed}\n")
    if find():
        return 0
    sys.stderr.write(MISSING + "\n")
    return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main())
