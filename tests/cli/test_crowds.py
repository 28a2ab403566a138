"""Programs that ask a running hall all at once, and a database that goes away and comes back."""

import shutil
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests.cli.conftest import Installation, Up, until

pytestmark = pytest.mark.slow
SERVICE = "A01"
TAKE = {"service": SERVICE}


def at_once(many: int, ask: Callable[[int], httpx.Response]) -> list[httpx.Response]:
    """Let so many clients ask in the same moment."""
    line = threading.Barrier(many)

    def client(number: int) -> httpx.Response:
        line.wait()
        return ask(number)

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(client, range(many)))


def waiting(up: Up, key: str) -> list[str]:
    """The numbers that wait in the hall."""
    headers = {"Authorization": f"Bearer {key}"}
    address = f"http://127.0.0.1:{up.port}/api/v1/halls/east-lake/tickets?state=waiting"
    return [ticket["number"] for ticket in httpx.get(address, headers=headers).json()["items"]]


def test_many_requests_with_one_key_are_one_ticket(hall_anywhere: Installation) -> None:
    key = hall_anywhere.key()
    up = hall_anywhere.up("--processes", 2)
    answers = at_once(20, lambda _number: up.post("/tickets", TAKE, key, once="kiosk-1"))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    replayed = [answer for answer in answers if "Idempotency-Replayed" in answer.headers]
    assert len(replayed) == 19
    assert waiting(up, key) == [answers[0].json()["number"]]


def test_twenty_clients_get_five_tickets_where_the_cap_is_five(
    hall_anywhere: Installation,
) -> None:
    key = hall_anywhere.key()
    hall_anywhere.python(
        "from onewindow.catalogue.models import Service\n"
        f"assert Service.objects.filter(code={SERVICE!r}).update(day_cap=5) == 1"
    ).must_succeed()
    up = hall_anywhere.up("--processes", 2)
    answers = at_once(20, lambda number: up.post("/tickets", TAKE, key, once=f"k{number}"))
    given = [answer for answer in answers if answer.status_code == 201]
    refused = [answer.json()["type"] for answer in answers if answer.status_code == 409]
    assert (len(given), len(refused)) == (5, 15)
    assert set(refused) == {"urn:onewindow:day-is-full"}
    assert sorted(waiting(up, key)) == sorted(answer.json()["number"] for answer in given)


def test_a_screen_of_one_machine_hears_the_other(on_postgres: Installation, tmp_path: Path) -> None:
    key = on_postgres.key()
    topics = on_postgres.python(
        "from onewindow.base.live.tokens import sign\n"
        "from onewindow.base.halls.models import Hall\n"
        "print(sign(Hall.objects.get(), ['ticket']))"
    ).must_succeed()
    other = Installation(tmp_path / "other", on_postgres.data)
    shutil.copytree(on_postgres.data, other.data, dirs_exist_ok=True)
    other.env = {**on_postgres.env, "ONEWINDOW_DATA": str(other.data)}
    here, there = on_postgres.up(), other.up()
    on_postgres.ups.append(there)
    live = f"http://127.0.0.1:{there.port}/live/east-lake/?t={topics.strip()}"
    with httpx.stream("GET", live, timeout=10) as screen:
        lines = screen.iter_lines()
        next(lines)  # it listens
        assert here.post("/tickets", TAKE, key).status_code == 201
        assert any(line.startswith("data: ") and "ticket" in line for line in lines)


def test_simulated_clerks_work_in_a_hall_that_knows_none_of_them(
    installation: Installation,
) -> None:
    key = installation.init().key()
    up = installation.up()
    address = f"http://127.0.0.1:{up.port}"
    words = ("--hall", "east-lake", "--key", key, "--url", address, "--minutes", 0.02)
    said = installation.run("simulate", *words).must_succeed()
    assert "numbers taken, 0 refusals" in said
    asked = {"Authorization": f"Bearer {key}"}
    windows = httpx.get(f"{address}/api/v1/halls/east-lake", headers=asked).json()["windows"]
    assert "open" in {window["state"] for window in windows}


class Cable:
    """The way to the database, which can be cut and mended."""

    def __init__(self, place: Path, server: Path) -> None:
        self.place, self.server = place / ".s.PGSQL.5432", server / ".s.PGSQL.5432"
        self.open: list[socket.socket] = []
        self.mend()

    def mend(self) -> None:
        """Let connections through."""
        self.place.unlink(missing_ok=True)
        self.door = socket.socket(socket.AF_UNIX)
        self.door.bind(str(self.place))
        self.door.listen(100)
        threading.Thread(target=self._serve, args=[self.door], daemon=True).start()

    def cut(self) -> None:
        """End every connection, and let no new one in."""
        for end in [self.door, *self.open]:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self.open.clear()

    def _serve(self, door: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _address = door.accept()
                far = socket.socket(socket.AF_UNIX)
                far.connect(str(self.server))
                self.open += [near, far]
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while sent := source.recv(65_536):
                sink.sendall(sent)
            sink.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def cable(on_postgres: Installation) -> Iterator[Cable]:
    """The installation reaches its database by this only."""
    address, _, server = on_postgres.env["DATABASE_URL"].partition("?host=")
    with tempfile.TemporaryDirectory(prefix="ow-cable-") as place:  # a socket's path is short
        made = Cable(Path(place), Path(server))
        on_postgres.env["DATABASE_URL"] = f"{address}?host={place}"
        yield made
        for up in on_postgres.ups:
            up.end()
        made.cut()


def test_a_database_that_was_away_is_said_and_found_again(
    on_postgres: Installation, cable: Cable
) -> None:
    key = on_postgres.key()
    up = on_postgres.up()
    assert up.post("/tickets", TAKE, key).status_code == 201
    cable.cut()
    no = up.post("/tickets", TAKE, key, once="k")
    assert (no.status_code, no.json()["type"]) == (503, "urn:onewindow:database-away")
    assert no.headers["Retry-After"]
    assert up.get("/health").status_code == 503
    cable.mend()
    until(lambda: up.post("/tickets", TAKE, key, once="k").status_code == 201)
    assert len(waiting(up, key)) == 2
    until(up.is_well)
