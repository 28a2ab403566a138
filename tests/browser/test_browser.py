"""The browser itself: that it starts, and knows Chinese letters."""

from typing import TYPE_CHECKING

import pytest

from tests import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_a_page_opens_without_errors(page: "Page") -> None:
    page.set_content("<title>一窗</title><h1>OneWindow</h1>")
    assert page.title() == "一窗"


def test_chinese_is_shown_as_letters() -> None:
    assert chromium.has_chinese_font()
