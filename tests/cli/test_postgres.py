"""The same on PostgreSQL: backup and restore, two machines at once, a clean end."""

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Installation, until

pytestmark = pytest.mark.slow


def keys(installation: Installation) -> int:
    done = installation.python(
        "from onewindow.accounts.models import ApiKey; print(ApiKey.objects.count())"
    )
    return int(done.must_succeed())


def make_key(installation: Installation) -> None:
    installation.run("key", "create", "--hall", "east-lake", "--all").must_succeed()


def test_what_was_backed_up_comes_back(on_postgres: Installation, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar"
    make_key(on_postgres)
    on_postgres.run("backup", archive).must_succeed()
    make_key(on_postgres)
    on_postgres.run("restore", archive).must_refuse("--force")
    assert keys(on_postgres) == 2
    on_postgres.run("restore", archive, "--force").must_succeed()
    assert keys(on_postgres) == 1
    on_postgres.run("trail", "verify").must_succeed()
    on_postgres.run("check").must_succeed()


def test_a_missing_pg_dump_is_named(on_postgres: Installation, tmp_path: Path) -> None:
    done = on_postgres.run("backup", tmp_path / "backup.tar", env={"PATH": str(tmp_path)})
    done.must_refuse("pg_dump was not found", "postgresql-client")
    assert not list(tmp_path.glob("*backup*"))


def test_two_machines_may_run_it_at_once(on_postgres: Installation, tmp_path: Path) -> None:
    other = Installation(tmp_path / "other", on_postgres.data)
    shutil.copytree(on_postgres.data, other.data, dirs_exist_ok=True)
    other.env = {**on_postgres.env, "ONEWINDOW_DATA": str(other.data)}
    archive = tmp_path / "backup.tar"
    on_postgres.run("backup", archive).must_succeed()
    here, there = on_postgres.up(), other.up()
    on_postgres.ups.append(there)
    until(lambda: here.is_well() and there.is_well())
    assert here.end() < 3
    on_postgres.run("restore", archive, "--force").must_refuse("other connections")
    assert there.end() < 3
