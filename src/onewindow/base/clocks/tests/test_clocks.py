"""The only clock."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from onewindow.base import clocks

NOON = datetime(2026, 6, 8, 12, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
FOUR, HALF_PAST_TWO = time(4), time(2, 30)
FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)  # 02:00 is 03:00; 03:00 is 02:00


def test_a_set_clock_stands_still_and_is_given_back() -> None:
    before = clocks.now()
    with clocks.at(NOON):
        assert clocks.now() == clocks.now() == NOON
        with clocks.at(NOON + timedelta(hours=1)):
            assert clocks.now() == NOON + timedelta(hours=1)
        assert clocks.now() == NOON
    assert clocks.now() == before


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("", timedelta(0)),
        ("+7h", timedelta(hours=7)),
        ("-30m", timedelta(minutes=-30)),
        ("2d", timedelta(days=2)),
        ("1.5h", timedelta(minutes=90)),
        ("+10h42m", timedelta(hours=10, minutes=42)),
        ("-1d12h", timedelta(hours=-36)),
        ("90", timedelta(seconds=90)),
    ],
)
def test_a_shift_is_read(text: str, shift: timedelta) -> None:
    assert clocks.parse_shift(text) == shift


@pytest.mark.parametrize("text", ["tomorrow", "7x", "h", "+-1h", "1h30"])
def test_what_is_no_shift_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no shift"):
        clocks.parse_shift(text)


def test_the_environment_shifts_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONEWINDOW_CLOCK", "+7h")
    assert clocks.shift() == timedelta(hours=7)


def test_a_file_shifts_the_clock_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kept = tmp_path / "clock"
    monkeypatch.setenv("ONEWINDOW_CLOCK", f"@{kept}")
    monkeypatch.setattr(clocks, "_file_read", (float("-inf"), timedelta(0)))
    assert clocks.shift() == timedelta(0)
    kept.write_text("3600\n")
    monkeypatch.setattr(clocks, "_file_read", (float("-inf"), timedelta(0)))
    assert clocks.shift() == timedelta(hours=1)


@pytest.mark.parametrize(
    ("hour", "day"), [(3, date(2026, 6, 7)), (4, date(2026, 6, 8)), (23, date(2026, 6, 8))]
)
def test_a_business_date_begins_at_four(hour: int, day: date) -> None:
    moment = datetime(2026, 6, 8, hour, tzinfo=SHANGHAI)
    assert clocks.business_date(moment, SHANGHAI, FOUR) == day
    assert clocks.business_date(moment.astimezone(UTC), SHANGHAI, FOUR) == day


def test_a_local_time_is_one_moment() -> None:
    assert clocks.moment(date(2026, 6, 8), time(20), SHANGHAI) == NOON


def test_a_time_that_the_clock_leaves_out_is_when_it_is_put_forward() -> None:
    jump = datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert clocks.moment(FORWARD, HALF_PAST_TWO, BERLIN) == jump
    assert clocks.moment(FORWARD, time(1, 59), BERLIN) == jump - timedelta(minutes=1)
    assert clocks.moment(FORWARD, time(3), BERLIN) == jump


def test_a_time_that_comes_twice_is_the_first() -> None:
    assert clocks.moment(BACK, HALF_PAST_TWO, BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("turn", [FORWARD, BACK])
@pytest.mark.parametrize("day_starts", [time(0), HALF_PAST_TWO, FOUR])
def test_a_day_begins_once_when_the_clock_is_changed(turn: date, day_starts: time) -> None:
    noon = datetime(turn.year, turn.month, turn.day, 12, tzinfo=UTC)
    minutes = [noon - timedelta(minutes=n) for n in range(24 * 60, 0, -1)]
    days = [clocks.business_date(one, BERLIN, day_starts) for one in minutes]
    assert days == sorted(days)
    begins = minutes[days.index(turn)]
    assert begins == clocks.moment(turn, day_starts, BERLIN)


def test_seconds_are_never_below_zero() -> None:
    assert clocks.seconds(NOON, NOON + timedelta(seconds=90.9)) == 90
    assert clocks.seconds(NOON, NOON - timedelta(seconds=1)) == 0
    assert clocks.seconds(None, NOON) == 0
