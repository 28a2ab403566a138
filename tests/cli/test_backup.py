"""Backup and restore: whole while written to, refusing what would lose data."""

import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import SET_UP, Installation, until

pytestmark = pytest.mark.slow

WRITER = """
from django.db import transaction
from onewindow.accounts.access import Can
from onewindow.accounts.actions import create_key
from onewindow.base.halls.models import Hall
from onewindow.base.trail import job
hall, count = Hall.objects.get(), 0
while True:
    with transaction.atomic():
        create_key(hall=hall, label=f"a{count}", can=[Can.TAKE], by=job("a"))
        create_key(hall=hall, label=f"b{count}", can=[Can.TAKE], by=job("b"))
    count += 1
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Where the backup goes."""
    return tmp_path / "backup.tar"


@pytest.fixture
def phrase(tmp_path: Path) -> Path:
    """A file with the passphrase of the keys."""
    path = tmp_path / "phrase"
    path.write_text("correct horse\n")
    return path


def labels(data: Path) -> set[str]:
    with closing(sqlite3.connect(data / "onewindow.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {label for (label,) in database.execute("SELECT label FROM accounts_apikey")}


def test_a_backup_taken_while_it_is_written_to_is_whole(
    installation: Installation, empty: Installation, archive: Path, phrase: Path
) -> None:
    installation.init()
    (installation.data / "uploads").mkdir()
    (installation.data / "uploads" / "paper.pdf").write_bytes(b"a paper")
    writer = subprocess.Popen([sys.executable, "-c", SET_UP + WRITER], env=installation.env)
    try:
        until(lambda: len(labels(installation.data)) > 20)
        installation.run("backup", archive, "--passphrase-file", phrase).must_succeed()
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.wait()
    empty.run("restore", archive, "--passphrase-file", phrase).must_succeed()
    found = labels(empty.data)
    assert {label[1:] for label in found if label[0] == "a"} == {
        label[1:] for label in found if label[0] == "b"
    }
    assert len(found) > 20
    assert (empty.data / "uploads" / "paper.pdf").read_bytes() == b"a paper"
    empty.run("trail", "verify").must_succeed()
    empty.run("check").must_succeed()


def test_keys_go_only_under_a_passphrase(
    installation: Installation, empty: Installation, archive: Path, phrase: Path
) -> None:
    done = installation.init().run("backup", archive)
    assert "The keys are not in it" in done.err
    with tarfile.open(archive) as tar:
        assert "keys.closed" not in tar.getnames()
    empty.run("restore", archive).must_refuse("other keys")
    assert not list(empty.data.glob("*.key"))
    installation.run("backup", archive, "--force", "--passphrase-file", phrase).must_succeed()
    assert (installation.data / "trail.key").read_bytes() not in archive.read_bytes()
    empty.run("restore", archive).must_refuse("passphrase")
    phrase.write_text("wrong")
    empty.run("restore", archive, "--passphrase-file", phrase).must_refuse("does not open")


def test_an_older_backup_is_replaced_only_when_told(
    installation: Installation, archive: Path
) -> None:
    installation.init()
    archive.write_bytes(b"the one of yesterday")
    installation.run("backup", archive).must_refuse("is there already", "--force")
    assert archive.read_bytes() == b"the one of yesterday"
    installation.run("backup", archive, "--force").must_succeed()
    assert tarfile.is_tarfile(archive)


def test_data_that_is_there_is_replaced_only_when_told_and_kept_aside(
    installation: Installation, archive: Path
) -> None:
    installation.init().run("backup", archive).must_succeed()
    installation.run("key", "create", "--hall", "east-lake", "--all", "--label", "later")
    installation.run("restore", archive).must_refuse("--force")
    assert labels(installation.data) == {"later"}
    installation.run("restore", archive, "--force").must_succeed()
    assert labels(installation.data) == set()
    (aside,) = installation.data.glob("before-restore-*")
    assert labels(aside) == {"later"}


def test_a_damaged_archive_changes_nothing(installation: Installation, archive: Path) -> None:
    installation.init().run("backup", archive).must_succeed()
    content = bytearray(archive.read_bytes())
    content[200_000] ^= 0xFF
    archive.write_bytes(content)
    done = installation.run("restore", archive, "--force")
    done.must_refuse("database.sqlite3", "is not what was written")
    archive.write_bytes(content[:100_000])
    installation.run("restore", archive, "--force").must_refuse("no whole archive")
    installation.run("key", "create", "--hall", "east-lake", "--all").must_succeed()


def test_a_backup_that_finds_the_disk_full_leaves_no_file(
    installation: Installation, archive: Path
) -> None:
    code = (
        "import resource, signal; from onewindow.config import cli\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        f"raise SystemExit(cli.main(['backup', {str(archive)!r}]))"
    )
    done = installation.init().python(code)
    assert done.code == 3, done.err
    assert "Traceback" not in done.err
    assert not list(archive.parent.glob("*backup*"))


def test_an_empty_installation_has_nothing_to_back_up(
    installation: Installation, archive: Path
) -> None:
    installation.run("backup", archive).must_refuse("there is no hall")
    installation.python("pass").must_succeed()  # the settings make the keys
    installation.run("backup", archive).must_refuse("nothing to back up")
    installation.run("restore", archive).must_refuse("there is no file")
