"""Write database, uploads and (under a passphrase) keys into one file, also while running."""

import argparse
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from onewindow import __version__
from onewindow.base import clocks
from onewindow.config import archive, dumps
from onewindow.config.commands import Sorry, say, warn
from onewindow.config.settings import env


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and under which passphrase the keys go with it."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the archive to write")
    parser.add_argument("--force", action="store_true", help="write over a file that is there")
    add_passphrase(parser)


def add_passphrase(parser: argparse.ArgumentParser) -> None:
    """The passphrase of the keys, from a file or from ONEWINDOW_PASSPHRASE."""
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help="file with the passphrase of the keys (or set ONEWINDOW_PASSPHRASE)",
    )


def passphrase(args: argparse.Namespace) -> str:
    """Return the passphrase given, or an empty text."""
    if args.passphrase_file:
        given = str(args.passphrase_file.read_text().strip())
        if not given:
            raise Sorry(f"{args.passphrase_file} is empty.")
        return given
    return str(env.str("ONEWINDOW_PASSPHRASE", default=""))


def run(args: argparse.Namespace) -> int:
    """Write the archive and say what it holds."""
    if dumps.is_empty():
        raise Sorry("there is nothing to back up: the database is empty.")
    target, phrase = args.file.resolve(), passphrase(args)
    if not target.parent.is_dir():
        raise Sorry(f"there is no directory {target.parent}.")
    if target.exists() and not args.force:
        raise Sorry(f"{target} is there already. Name another file, or add --force to replace it.")
    manifest = _manifest()
    with (
        tempfile.TemporaryDirectory(dir=target.parent, prefix=".onewindow-backup-") as draft,
        archive.writing(target, manifest) as writer,
    ):
        copy = Path(draft) / "database"
        dumps.dump(copy)  # first, so that every upload it speaks of is there to be added
        writer.add(dumps.MEMBERS[connection.vendor], copy)
        uploads = _add_uploads(writer)
        if phrase:
            writer.add_bytes(archive.KEYS, archive.close_keys(settings.DATA, phrase))
    say(f"{target}: database, {uploads} uploads, {'keys' if phrase else 'no keys'}.")
    if not phrase:
        warn(
            f"The keys are not in it. Keep {', '.join(manifest.key_prints)} from {settings.DATA}"
            " elsewhere, or give --passphrase-file: without them personal data cannot be read."
        )
    return 0


def _manifest() -> archive.Manifest:
    applied = MigrationRecorder(connection).applied_migrations()
    return archive.Manifest(
        version=__version__,
        database=connection.vendor,
        made_at=clocks.now().isoformat(),
        migrations=sorted(f"{app}.{name}" for app, name in applied),
        key_prints=archive.key_prints(settings.DATA),
    )


def _add_uploads(writer: archive.Writer) -> int:
    root, count = Path(settings.MEDIA_ROOT), 0
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        if path.is_file() and not path.is_symlink():
            writer.add(f"uploads/{path.relative_to(root).as_posix()}", path)
            count += 1
    return count
