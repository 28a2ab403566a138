"""Say, in sentences, whether this installation is well. 1 when something must be done."""

import argparse
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.checks import ERROR, WARNING, run_checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.ticks.models import Tick
from onewindow.base.ticks.queries import INSTALLATION, WORKER, quiet, silence
from onewindow.base.vault import certificates
from onewindow.base.vault.certificates import files_of
from onewindow.config import dumps
from onewindow.config.archive import KEY_FILES
from onewindow.config.commands import say
from onewindow.config.ticks import TICKS
from onewindow.voice import made

CONNECTIONS_PER_PROCESS = 17  # a pool of 16, and one that listens
BESIDE_WEB = 2  # worker and clock
LITTLE_SPACE = 1024**3
SOON_D = 14  # `up` renews a month before


@dataclass(frozen=True)
class Finding:
    """One sentence: well, to be looked at, or to be put right."""

    mark: str
    sentence: str


def well(sentence: str) -> Finding:
    """Nothing to do."""
    return Finding("well", sentence)


def look(sentence: str) -> Finding:
    """It runs, but somebody should look."""
    return Finding("look", sentence)


def wrong(sentence: str) -> Finding:
    """It must be put right."""
    return Finding("WRONG", sentence)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many web processes there are to be, on all machines together."""
    parser.add_argument("--processes", type=int, default=1, help="web processes in all")


def run(args: argparse.Namespace) -> int:
    """Look at everything and say what was found."""
    found = database(args.processes)
    if not any(finding.mark == "WRONG" for finding in found):
        looks: tuple[Callable[[], list[Finding]], ...] = (product, life, halls)
        found += [finding for each in looks for finding in each()]
    found += [*keys(), *sign_in(), *https(), *disk(), voice()]
    for finding in found:
        say(f"{finding.mark:<6}{finding.sentence}")
    return 1 if any(finding.mark == "WRONG" for finding in found) else 0


def database(processes: int) -> list[Finding]:
    """Is it there, of this version, and large enough for so many processes?"""
    if dumps.is_empty():
        return [wrong(f"There is no hall in {settings.DATA}. Run: onewindow init")]
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        return [wrong(f"The database lacks {len(missing)} migrations. Run: onewindow migrate")]
    found = [well(f"The database ({connection.vendor}) is at this version.")]
    if connection.vendor == "postgresql":
        found.append(_connections(processes))
    return found


def _connections(processes: int) -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('max_connections')::int")
        allowed = int(cursor.fetchone()[0])
    needed = (processes + BESIDE_WEB) * CONNECTIONS_PER_PROCESS
    text = (
        f"{processes} web processes, worker and clock may use {needed} connections;"
        f" PostgreSQL allows {allowed}"
    )
    return well(f"{text}.") if needed <= allowed else look(f"{text}: raise max_connections.")


def product() -> list[Finding]:
    """What the rooms themselves check: settings, the guard of the history, keys."""
    messages = [m for m in run_checks(databases=["default"]) if not m.is_silenced()]
    found = []
    for message in messages:
        hint = f" ({message.hint})" if message.hint else ""
        sentence = f"{message.msg}{hint} [{message.id}]"
        if message.level >= WARNING:
            found.append(wrong(sentence) if message.level >= ERROR else look(sentence))
    return found or [well("Settings, models and the guard of the history are as they should be.")]


def voice() -> Finding:
    """Does the server speak where a display cannot?"""
    if not made.is_there():
        return well("Displays speak by recorded words and their browsers; no extra voice is here.")
    if made.sentence("5", "zh-Hans"):
        return well("The server speaks for displays that have no voice of their own.")
    return look("The server's voice is installed and says nothing: install onewindow[voice] anew.")


def life() -> list[Finding]:
    """Are clock and worker alive, and does what comes round go well?"""
    silent = quiet()
    found = [look(f"No sign of life for a minute: {', '.join(silent)}.")] if silent else []
    known = [tick.name for tick in TICKS]
    for tick in Tick.objects.filter(name__in=known).exclude(problem=""):
        found.append(look(f"The tick {tick.name} failed last time: {tick.problem}"))
    return found or [
        well(f"Clock and worker gave a sign of life {_ago()} s ago; all ticks went well.")
    ]


def _ago() -> int:
    """Return how long ago the quieter of the two spoke: of a restored copy, before the backup."""
    spoken = [silence(name) for name in (INSTALLATION, WORKER)]
    return max(int(one.total_seconds()) for one in spoken if one is not None)


def sign_in() -> list[Finding]:
    """Is a password alone enough for an administrator?"""
    if settings.SECOND_FACTOR_REQUIRED or settings.DEMO:
        return []
    return [look("Administrators need no second factor: ONEWINDOW_SECOND_FACTOR is off.")]


def halls() -> list[Finding]:
    """Is there a hall to serve?"""
    slugs = list(Hall.objects.filter(archived_at=None).values_list("slug", flat=True))
    if not slugs:
        return [look("There is no hall yet. Set one up with: onewindow init")]
    return [well(f"Halls: {', '.join(slugs)}.")]


def keys() -> list[Finding]:
    """Can others read the keys?"""
    paths = [settings.DATA / name for name in KEY_FILES if (settings.DATA / name).exists()]
    open_ones = [path for path in paths if path.stat().st_mode & 0o077]
    if open_ones:
        return [wrong(f"Others may read {path}. Run: chmod 600 {path}") for path in open_ones]
    return [well(f"The keys in {settings.DATA} are readable for us alone.")]


def https() -> list[Finding]:
    """Where there is a certificate: how long is it good?"""
    files = files_of()
    if not files.exist:
        return []
    left = (certificates.ends(files) - (clocks.now() - clocks.shift())).days
    sentence = (
        f"The certificate for {', '.join(certificates.names_of(files))} is good for {left} d."
    )
    if left < 0:
        return [wrong(f"{sentence} Run: onewindow cert")]
    return [well(sentence) if left >= SOON_D else look(f"{sentence} Run: onewindow cert")]


def disk() -> list[Finding]:
    """Is there room to write?"""
    places = {Path(settings.DATA), Path(settings.MEDIA_ROOT)}
    found = []
    for place in sorted(path for path in places if path.exists()):
        free = shutil.disk_usage(place).free
        sentence = f"{free / 1024**3:.1f} GB are free on the disk of {place}."
        found.append(well(sentence) if free > LITTLE_SPACE else look(sentence))
    return found
