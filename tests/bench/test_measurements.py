"""Every measurement of ``make bench`` in its short form, on the database of this run.

Times are not judged here, where other tests run beside it: what may never happen is.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.rows import Row, share
from tests import chromium

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).resolve().parents[2]
POSTGRES = os.environ.get("ONEWINDOW_TEST_DB") == "postgres"


once_is_enough = pytest.mark.skipif(POSTGRES, reason="statements are counted, on either database")


def short(part: str) -> str:
    """Run a part's short form in a process of its own, and return what it printed."""
    database = "postgres" if POSTGRES else "sqlite"
    words = ["--short", "--facts", "--only", part, "--database", database]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", *words],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=400,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2_000:]
    return done.stdout


def test_the_hot_path_answers_every_request() -> None:
    assert "takes over HTTP / bare SQL" in short("hot_path")


def test_a_large_past_is_found_by_indexes_alone() -> None:
    assert "statements that read a whole table" in short("size")


def test_every_screen_hears_and_is_answered() -> None:
    assert "streams open" in short("live")


@once_is_enough
def test_pages_ask_no_more_statements_when_more_people_wait() -> None:
    assert "statements more than with" in short("pages")


@once_is_enough
def test_the_board_asks_no_more_statements_when_more_people_wait() -> None:
    assert "duty board with nothing remembered" in short("board")


@once_is_enough
def test_a_full_hall_is_estimated_by_a_fixed_number_of_statements() -> None:
    assert "statements of a look" in short("look")


@pytest.mark.skipif(POSTGRES, reason="the browser is measured, not the database")
@pytest.mark.skipif(not chromium.find(), reason=chromium.MISSING)
def test_the_first_touch_of_a_kiosk_is_answered() -> None:
    assert "touches without an answer" in short("kiosk")


def test_a_list_comes_in_whole_and_goes_again() -> None:
    assert "services still in use after undoing" in short("imports")


def test_a_busy_hall_gives_no_number_twice_and_calls_nobody_twice() -> None:
    assert "visits at two windows (database)" in short("correctness")


def test_killed_processes_take_no_ticket_with_them() -> None:
    assert "web processes killed" in short("killed")


@pytest.mark.skipif(POSTGRES, reason="many processes on one SQLite are what is asked here")
def test_a_hall_on_sqlite_works_on_without_a_failed_request() -> None:
    assert "processes that died" in short("steady")


@pytest.mark.skipif(not POSTGRES, reason="SQLite's database is a file: it does not go away")
def test_a_database_that_is_away_loses_and_repeats_nothing() -> None:
    assert "answered again after its return" in short("away")


def test_a_row_says_whether_it_was_met() -> None:
    assert Row("calls", 251, "/s", 250, at_least=True).met
    assert not Row("p99", 251, "ms", 250).met
    assert Row("told only", 251, "ms").met
    assert Row("failed", 1, "", 0).cells()[-1] == "MISSED"


def test_a_count_is_a_fact_and_a_time_is_not() -> None:
    assert Row("failed", 1, "", 0).is_fact
    assert not Row("p99", 1, "ms", 250).is_fact


def test_a_share_is_the_nearest_rank() -> None:
    assert share([3, 1, 2, 4], 0.5) == 3
    assert share([], 0.95) == 0
