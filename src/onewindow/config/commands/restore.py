"""Bring back what `onewindow backup` wrote. What is there is never overwritten without --force,
and then it is moved aside."""

import argparse
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from onewindow.base import clocks
from onewindow.base.vault import secrets
from onewindow.config import archive, dumps
from onewindow.config.commands import Sorry, say, warn
from onewindow.config.commands.backup import add_passphrase, passphrase
from onewindow.config.commands.up import running

SIGNING_KEY = "secret.key"  # another one only signs everybody out


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which archive."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the archive to read")
    parser.add_argument("--force", action="store_true", help="replace the data that is there")
    add_passphrase(parser)


def run(args: argparse.Namespace) -> int:
    """Prove the archive, then put it in place. A refusal leaves no keys that were not there."""
    try:
        return _restore(args)
    except Sorry:
        for key in secrets.made:
            key.unlink(missing_ok=True)
        raise


def _restore(args: argparse.Namespace) -> int:
    if not args.file.is_file():
        raise Sorry(f"there is no file {args.file}.")
    with (
        running(alone=True),
        tempfile.TemporaryDirectory(dir=settings.DATA, prefix=".restore-") as draft,
    ):
        _may_replace(force=args.force)
        unpacked = Path(draft)
        manifest, keys = _proven(args, unpacked)
        _put_in_place(unpacked, manifest, keys)
    call_command("migrate", interactive=False, verbosity=0)
    say(f"Restored: {len(manifest.files)} files, written {manifest.made_at[:19]} UTC.")
    return 0


def _proven(args: argparse.Namespace, unpacked: Path) -> tuple[archive.Manifest, dict[str, str]]:
    """Take the archive apart; return what it holds and the keys to put in place."""
    try:
        manifest = archive.unpack(args.file, unpacked)
        keys = _keys(unpacked, manifest, passphrase(args))
    except archive.Damaged as no:
        raise Sorry(str(no)) from no
    _fits(manifest)
    return manifest, keys


def _may_replace(*, force: bool) -> None:
    uploads = Path(settings.MEDIA_ROOT)
    filled = not dumps.is_empty() or (uploads.is_dir() and any(uploads.iterdir()))
    if filled and not force:
        raise Sorry(
            f"{settings.DATA} or its database holds data already. Add --force to replace it."
        )
    if others := dumps.others_connected():
        raise Sorry(
            f"{others} other connections use this database: end OneWindow everywhere first."
        )


def _fits(manifest: archive.Manifest) -> None:
    """Refuse an archive of another kind of database, or of a version that is newer than we are."""
    if manifest.database != connection.vendor:
        raise Sorry(
            f"the archive holds a {manifest.database} database, this installation uses"
            f" {connection.vendor}. Set DATABASE_URL accordingly."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or ()}
    if unknown := sorted(set(manifest.migrations) - known):
        raise Sorry(
            f"the archive was made by OneWindow {manifest.version}, which this one does not know"
            f" ({unknown[0]}). Install that version or a newer one."
        )


def _keys(unpacked: Path, manifest: archive.Manifest, phrase: str) -> dict[str, str]:
    """Return the keys to put in place; none when those that are here already fit."""
    here = archive.key_prints(settings.DATA)
    needed = {k: v for k, v in manifest.key_prints.items() if k != SIGNING_KEY}
    if all(here.get(name) == kept for name, kept in needed.items()):
        return {}
    if archive.KEYS not in manifest.files:
        raise Sorry(
            f"this archive was made with other keys than those in {settings.DATA}, and does not"
            f" hold them. Put its {', '.join(sorted(needed))} there first."
        )
    if not phrase:
        raise Sorry("the archive holds its keys: give their passphrase with --passphrase-file.")
    return archive.open_keys((unpacked / archive.KEYS).read_bytes(), phrase)


def _put_in_place(unpacked: Path, manifest: archive.Manifest, keys: dict[str, str]) -> None:
    aside = settings.DATA / f"before-restore-{clocks.now():%Y%m%d-%H%M%S}"
    aside.mkdir(mode=0o700)
    dumps.load(unpacked / dumps.MEMBERS[manifest.database], aside)
    uploads = Path(settings.MEDIA_ROOT)
    if uploads.exists():
        uploads.replace(aside / "uploads")
    if (unpacked / "uploads").exists():
        (unpacked / "uploads").replace(uploads)
    for name, text in keys.items():
        place = settings.DATA / name
        place.parent.mkdir(mode=0o750, exist_ok=True)
        if place.exists():
            (aside / name).parent.mkdir(mode=0o700, exist_ok=True)
            place.replace(aside / name)
        place.touch(mode=0o600)
        place.write_text(text)
    if any(aside.iterdir()):
        warn(f"What was there before is now in {aside}: remove it when all is well.")
    else:
        aside.rmdir()
