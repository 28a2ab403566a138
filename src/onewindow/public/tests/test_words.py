"""How waits are said."""

import pytest
from django.utils import translation

from onewindow.base.web.templatetags.web import qr
from onewindow.public.templatetags.public import wait, wait_range
from onewindow.tickets.estimates import Estimate


@pytest.mark.parametrize(
    ("p50_s", "p80_s", "said", "short"),
    [
        (0, 0, "no wait", "0"),
        (20, 40, "about 1 min", "1"),
        (480, 900, "about 8–15 min", "8–15"),
        (1800, 2500, "about 30–45 min", "30–45"),
        (4 * 3600, 5 * 3600, "over 3 hours", "240–300"),
    ],
)
def test_a_wait_is_a_range(p50_s: int, p80_s: int, said: str, short: str) -> None:
    estimate = Estimate(3, p50_s, p80_s)
    assert (wait(estimate), wait_range(estimate)) == (said, short)


def test_a_wait_in_chinese() -> None:
    with translation.override("zh-hans"):
        assert wait(Estimate(3, 480, 900)) == "约8–15分钟"


def test_a_code_is_drawn_without_styles() -> None:
    assert qr("https://hall.example/t/1/").startswith("<svg")
    assert "style" not in qr("https://hall.example/t/1/")
