"""A screen hears of what it listens to: at once when it was quiet, else once a second."""

from collections.abc import Iterator

import pytest

from onewindow.base.live.hub import Hub, Post
from onewindow.base.live.streams import BEAT_SECONDS, Stream

HALL, OTHER_HALL = 1, 2


class Time:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hub() -> Hub:
    return Hub()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def post(hub: Hub) -> Post:
    made = hub.open([(HALL, "ticket"), (HALL, "window.5")], at_most=10)
    assert made is not None
    return made


@pytest.fixture
def stream(hub: Hub, post: Post, time: Time) -> Iterator[Stream]:
    made = Stream(hub, post, clock=time)
    assert b"event: hello" in next(made)
    yield made
    made.close()


def test_a_quiet_screen_is_woken_at_once(hub: Hub, stream: Stream) -> None:
    hub.told(HALL, ["ticket"])
    assert b"event: wake\ndata: ticket\n\n" in next(stream)


def test_a_screen_sleeps_on_for_other_topics_and_other_halls(
    hub: Hub, stream: Stream, time: Time
) -> None:
    hub.told(HALL, ["window.6"])
    hub.told(OTHER_HALL, ["ticket"])
    time.now += 0
    stream._ends = time.now  # so that waiting is over
    assert b"event: bye" in next(stream)


def test_a_busy_screen_is_woken_once_when_the_second_is_over(
    hub: Hub, stream: Stream, time: Time
) -> None:
    hub.told(HALL, ["ticket"])
    next(stream)
    time.now += 0.2
    hub.told(HALL, ["ticket"])
    hub.told(HALL, ["ticket", "window.5"])
    stream._take(0.01)
    stream._take(0.01)
    assert 1001.0 <= stream._due <= 1001.5
    time.now = stream._due
    assert b"data: ticket window.5\n\n" in next(stream)
    assert not stream._pending


def test_a_stream_says_that_it_is_alive(stream: Stream, time: Time) -> None:
    moments = iter([0.0, BEAT_SECONDS])
    stream._clock = lambda: time.now + next(moments)
    assert b"event: beat" in next(stream)


def test_a_stream_ends_after_a_while_and_says_so(hub: Hub, stream: Stream, time: Time) -> None:
    assert 1060 <= stream._ends <= 1090
    moments = iter([0.0, 91.0])
    stream._clock = lambda: time.now + next(moments)
    assert b"event: bye" in next(stream)
    with pytest.raises(StopIteration):
        next(stream)
    assert hub.streams == 0


def test_a_process_that_ends_ends_its_streams_and_takes_no_more(hub: Hub, stream: Stream) -> None:
    hub.close()
    assert b"event: bye" in next(stream)
    assert hub.open([(HALL, "ticket")], at_most=10) is None


def test_what_was_missed_before_the_stream_opened_wakes_it_at_once(
    hub: Hub, post: Post, time: Time
) -> None:
    stream = Stream(hub, post, missed=["ticket"], clock=time)
    next(stream)
    assert b"data: ticket\n\n" in next(stream)


def test_a_closed_stream_listens_no_more(hub: Hub, post: Post, stream: Stream) -> None:
    stream.close()
    stream.close()
    hub.told(HALL, ["ticket"])
    assert post.box.empty()
    assert hub.streams == 0


def test_no_more_streams_than_allowed(hub: Hub) -> None:
    assert hub.open([(HALL, "ticket")], at_most=1)
    assert hub.open([(HALL, "ticket")], at_most=1) is None


def test_a_trail_row_that_is_heard_twice_wakes_once(hub: Hub, post: Post) -> None:
    hub.told(HALL, ["ticket"], 7)
    hub.told(HALL, ["ticket"], 7)
    assert post.box.qsize() == 1


def test_everybody_is_woken_when_something_may_have_been_missed(hub: Hub, post: Post) -> None:
    hub.wake_all()
    assert set(post.box.get_nowait() or ()) == {"ticket", "window.5"}


def test_a_hub_knows_what_changed_since_a_moment(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onewindow.base.live.hub.stamp", lambda: hub._knows_since + 5_000)
    hub.told(HALL, ["ticket"])
    later = hub._knows_since + 1
    assert hub.changed_since(HALL, ["ticket", "window.5"], later) == ("ticket",)


def test_what_happened_before_a_process_began_counts_as_changed(hub: Hub) -> None:
    assert hub.changed_since(HALL, ["ticket"], hub._knows_since - 1) == ("ticket",)


def test_a_hub_forgets_the_oldest_topics_and_then_counts_them_as_changed(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onewindow.base.live.hub.REMEMBERED", 2)
    monkeypatch.setattr("onewindow.base.live.hub.stamp", lambda: hub._knows_since + 10)
    for number in range(4):
        hub.told(HALL, [f"visit.{number}"], number)
    assert len(hub._changed) == len(hub._rows) == 2
    assert hub.changed_since(HALL, ["visit.0"], hub._knows_since) == ("visit.0",)
