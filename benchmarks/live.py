"""Live screens: how soon they hear of a change, and what they cost.

    python -m benchmarks.live [--short] [--postgres | --database-url URL] [--streams 500]

It starts a server of its own on an empty database. On a machine with two cores the screens and
the server share them. Prints a table; ends with 1 when a number is missed.
"""

import argparse
import asyncio
import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psutil

from benchmarks.rows import Row, share
from benchmarks.server import free_port, own_postgres

REPOSITORY = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
START_SECONDS, STOP_SECONDS = 3.0, 3.0
SERVER_MB, STREAM_MB = 150.0, 0.25
WAKE_MS, WRITE_MS = 150.0, 150.0
PANELS_A_SECOND = 80.0


@dataclass
class Screens:
    """Open streams, and when each heard its last wake-up."""

    port: int
    woken: dict[int, float] = field(default_factory=dict)
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    ready: int = 0
    lost: int = 0

    async def open(self, address: str, count: int) -> None:
        """Open so many streams and wait until each has said hello."""
        for number in range(count):
            self.tasks.append(asyncio.create_task(self._listen(number, address)))
            if number % 20 == 19:
                await asyncio.sleep(0.02)
        await _until(lambda: self.ready + self.lost >= count, 30)

    async def close(self) -> None:
        """Close them all."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def delays(self, committed: float, wait: float = 1.0) -> list[float]:
        """Wait for the wake-up of a change and return each screen's delay in milliseconds."""
        with suppress(TimeoutError):
            await _until(lambda: len(self.woken) >= self.ready, wait)
        heard = [(at - committed) * 1000 for at in self.woken.values()]
        missing = self.ready - len(heard)
        self.woken.clear()
        return heard + [float("inf")] * missing

    async def _listen(self, number: int, address: str) -> None:
        """Ask again, as a browser does, while those who left still hold their places."""
        while await self._refused(number, address):
            await asyncio.sleep(0.25)

    async def _refused(self, number: int, address: str) -> bool:
        """Hear one stream to its end; True when the server had no place for it."""
        reader, writer = await asyncio.open_connection(HOST, self.port)
        writer.write(f"GET {address} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
        try:
            while line := await reader.readline():
                if line.startswith(b"HTTP/1.1 204"):
                    return True
                if line == b"event: hello\n":
                    self.ready += 1
                elif line == b"event: wake\n":
                    self.woken.setdefault(number, time.time())
            self.lost += 1
        except OSError:
            self.lost += 1
        finally:
            writer.close()
        return False


class Server:
    """The product's web server on an empty database."""

    def __init__(self, folder: Path, port: int, streams: int, address: str) -> None:
        self.port = port
        self.process: Any = None
        self.environment = os.environ | {
            "ONEWINDOW_DATA": str(folder),
            "ONEWINDOW_STREAMS": str(streams + 20),
            "DJANGO_SETTINGS_MODULE": "benchmarks.live_settings",
            "PYTHONPATH": str(REPOSITORY),
        }
        if address:
            self.environment["DATABASE_URL"] = address

    def prepare(self) -> str:
        """Make database and hall; return the address of a stream."""
        return self.run("prepare").strip()

    def run(self, what: str) -> str:
        """Run one of this file's own commands in a process beside the server."""
        command = [sys.executable, "-m", "benchmarks.live", "--do", what]
        done = subprocess.run(
            command, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout.splitlines()[-1]

    def start(self) -> float:
        """Start, and return the seconds until the first answer."""
        import resource  # noqa: PLC0415  # not on every system

        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        began = time.monotonic()
        listen = ["--host", HOST, "--port", str(self.port)]
        command = [sys.executable, "-W", "ignore", "-m", "onewindow.config.cli", "web", *listen]
        self.process = psutil.Popen(command, env=self.environment, cwd=REPOSITORY)
        while time.monotonic() - began < 30:
            with suppress(OSError):
                asyncio.run(fetch(self.port, "/health"))
                return time.monotonic() - began
            time.sleep(0.02)
        raise SystemExit("the server did not start")

    def megabytes(self) -> float:
        """Memory of the process that serves."""
        worker = self.process.children()[0]
        return float(worker.memory_info().rss) / 2**20

    def end(self) -> None:
        """Leave no process behind, whatever happened."""
        if self.process is not None and self.process.is_running():
            self.stop()

    def stop(self) -> float:
        """End it as a service manager does; return the seconds it took."""
        began = time.monotonic()
        self.process.terminate()
        self.process.wait(30)
        return time.monotonic() - began


async def fetch(port: int, path: str, method: str = "GET", woken: float = 0) -> tuple[int, bytes]:
    """Ask once, over a connection of its own."""
    reader, writer = await asyncio.open_connection(HOST, port)
    head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\nContent-Length: 0\r\n"
    if woken:
        head += f"X-Woken: {int(woken * 1000)}\r\n"
    writer.write(f"{head}\r\n".encode())
    raw = await reader.read()
    writer.close()
    top, _, body = raw.partition(b"\r\n\r\n")
    return int(top.split(b" ", 2)[1]), body


async def _until(true: object, seconds: float) -> None:
    """Wait until ``true()``. Raise TimeoutError when it does not come."""
    assert callable(true)
    ends = time.monotonic() + seconds
    while not true():
        if time.monotonic() > ends:
            raise TimeoutError
        await asyncio.sleep(0.002)


async def wakes(server: Server, screens: Screens, times: int) -> Row:
    """Commit in the process that serves, again and again; all screens listen."""
    delays: list[float] = []
    for _ in range(times):
        await asyncio.sleep(1.6)
        screens.woken.clear()
        _, body = await fetch(server.port, "/benchmark/change", "POST")
        delays += await screens.delays(float(body))
    return Row(
        f"commit to bytes at {screens.ready} screens, p95", share(delays, 0.95), "ms", WAKE_MS
    )


async def heard_from_another(server: Server, screens: Screens, times: int) -> Row:
    """Commit in another process."""
    delays: list[float] = []
    for _ in range(times):
        await asyncio.sleep(1.6)
        screens.woken.clear()
        loop = asyncio.get_running_loop()
        committed = float(await loop.run_in_executor(None, server.run, "commit"))
        delays += await screens.delays(committed)
    return Row("commit in another process to bytes, p95", share(delays, 0.95), "ms", WAKE_MS)


async def storm(server: Server, screens: Screens, kind: str, times: int) -> list[Row]:
    """All screens ask for a panel in one moment, while somebody writes."""
    count, good, seconds = screens.ready, 0, 0.0
    took: list[float] = []
    for _ in range(times):
        await asyncio.sleep(1.6)
        writer = await asyncio.create_subprocess_exec(
            *[sys.executable, "-m", "benchmarks.live", "--do", f"write {server.port}"],
            env=server.environment,
            stdout=asyncio.subprocess.PIPE,
            stdin=asyncio.subprocess.PIPE,
        )
        assert writer.stdout is not None
        await writer.stdout.readline()
        began = time.monotonic()
        now = time.time()
        asking = [fetch(server.port, f"/benchmark/{kind}", woken=now) for _ in range(count)]
        answers = await asyncio.gather(*asking, return_exceptions=True)
        seconds += time.monotonic() - began
        good += sum(1 for each in answers if isinstance(each, tuple) and each[0] == 200)
        written, _ = await writer.communicate(b"\n")
        took += [float(line) for line in written.split()]
    return [
        Row(
            f"panels while {count} ask at once ({kind})",
            good / seconds,
            "/s",
            PANELS_A_SECOND,
            True,
        ),
        Row(f"  of {count * times}, answered", good, "", count * times, at_least=True),
        Row(f"  {len(took)} writes meanwhile, p95", share(took, 0.95), "ms", WRITE_MS),
    ]


def write(port: int) -> None:
    """Write ten times a second until told to stop; print what each took, in milliseconds."""
    print("ready", flush=True)
    while not select.select([sys.stdin], [], [], 0.1)[0]:
        began = time.monotonic()
        asyncio.run(fetch(port, "/benchmark/change", "POST"))
        print((time.monotonic() - began) * 1000, flush=True)


async def measure(server: Server, address: str, streams: int, times: int) -> list[Row]:
    """All numbers of one server with its screens open."""
    for _ in range(20):
        await fetch(server.port, "/benchmark/panel")
    alone = server.megabytes()
    screens = Screens(server.port)
    await screens.open(address, streams)
    await asyncio.sleep(1)
    each = (server.megabytes() - alone) / max(1, screens.ready)
    rows = [
        Row("streams open", screens.ready, "", streams, at_least=True),
        Row("memory without streams", alone, "MB", SERVER_MB),
        Row("memory of each stream", each, "MB", STREAM_MB),
        await wakes(server, screens, times),
        await heard_from_another(server, screens, max(2, times // 3)),
        *await storm(server, screens, "shared", max(1, times // 4)),
        *await storm(server, screens, "panel", max(1, times // 4)),
    ]
    await screens.close()
    return rows


async def with_screens(server: Server, address: str, count: int) -> float:
    """Stop the server while screens are open."""
    screens = Screens(server.port)
    await screens.open(address, count)
    seconds = await asyncio.get_running_loop().run_in_executor(None, server.stop)
    await screens.close()
    return seconds


def bench(database: str, streams: int, times: int) -> list[Row]:
    """Measure on one database (an address; empty: SQLite)."""
    with tempfile.TemporaryDirectory(prefix="ow-bench-") as folder:
        Path(folder, "static").mkdir()
        server = Server(Path(folder), free_port(), streams, database)
        address = server.prepare()
        try:
            rows = [Row("server start", server.start(), "s", START_SECONDS)]
            rows += asyncio.run(measure(server, address, streams, times))
            asyncio.run(asyncio.sleep(1))
            stopped = asyncio.run(with_screens(server, address, min(200, streams)))
        finally:
            server.end()
        return [*rows, Row(f"stop with {min(200, streams)} streams", stopped, "s", STOP_SECONDS)]


def do(what: list[str]) -> None:
    """The parts that run in a process of their own."""
    if what[0] == "write":
        return write(int(what[1]))
    import django  # noqa: PLC0415  # only here

    django.setup()
    from benchmarks.live_urls import SLUG, commit  # noqa: PLC0415

    if what[0] == "commit":
        from onewindow.base.live import hearing  # noqa: PLC0415

        hearing.start()
        print(commit())
        hearing.stop()
    else:
        _prepare(SLUG)


def _prepare(slug: str) -> None:
    from django.core.management import call_command  # noqa: PLC0415

    from onewindow.base.halls.models import Hall, Organisation  # noqa: PLC0415
    from onewindow.base.live import tokens  # noqa: PLC0415

    call_command("migrate", verbosity=0, skip_checks=True)
    owner = Organisation.objects.create(name={"en": "Benchmark"})
    hall = Hall.objects.create(organisation=owner, slug=slug, name={"en": "B"}, languages=["en"])
    print(f"/live/{slug}/?t={tokens.sign(hall, ['ticket'])}")


def rows_on(database: str, *, short: bool = False, streams: int = 500) -> list[Row]:
    """All numbers on SQLite, or on a PostgreSQL as it comes: 100 connections, fsync on."""
    if database == "sqlite":
        found = bench("", *_amounts(streams, short=short))
    else:
        with tempfile.TemporaryDirectory(prefix="ow-pg-") as folder:
            postgres = own_postgres(Path(folder))
            try:
                address = str(postgres.get_uri()).replace("postgresql://", "postgres://")
                found = bench(address, *_amounts(streams, short=short))
            finally:
                postgres.cleanup()
    return [replace(row, what=f"{database}: {row.what.strip()}") for row in found]


def _amounts(streams: int, *, short: bool) -> tuple[int, int]:
    return (60, 3) if short else (streams, 12)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print the table, and say whether every number was met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="60 streams and few repetitions")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL of its own")
    parser.add_argument("--database-url", default="", help="on this database; it must be empty")
    parser.add_argument("--streams", type=int, default=500)
    parser.add_argument("--do", help=argparse.SUPPRESS)
    given = parser.parse_args(argv)
    if given.do:
        do(given.do.split())
        return 0
    if given.database_url:
        rows = bench(given.database_url, *_amounts(given.streams, short=given.short))
    else:
        database = "postgres" if given.postgres else "sqlite"
        rows = rows_on(database, short=given.short, streams=given.streams)
    print("\n".join(map(str, rows)))
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
