"""What every test stands on: its own data directory, its database, and Django's settings.

Django reads its settings when this file has set the environment, so ``pyproject.toml`` does not
name them to pytest. The fixtures are in ``tests/fixtures``. ``ONEWINDOW_TEST_DB`` is the database:

- ``sqlite`` (the default): a file, with the settings that a hall runs with;
- ``memory``: SQLite in memory, for ``make quick``;
- ``postgres``: a server of our own from a wheel, one for all workers of a run.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import django

from onewindow.config import messages
from tests import servers

FIXTURES = ("world", "guards", "furniture", "browser", "api")
pytest_plugins = [f"tests.fixtures.{name}" for name in FIXTURES]

IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ

if not IS_WORKER:
    DATA = Path(tempfile.mkdtemp(prefix="ow-test-"))
    (DATA / "static").mkdir()
    atexit.register(shutil.rmtree, DATA, ignore_errors=True)
    os.environ["ONEWINDOW_DATA"] = str(DATA)
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("ONEWINDOW_CLOCK", None)
    if os.environ.get("ONEWINDOW_TEST_DB") == "postgres":
        os.environ["DATABASE_URL"] = servers.postgres(DATA / "pg")
    messages.main(["compile"])
os.environ["DJANGO_SETTINGS_MODULE"] = "onewindow.config.settings"
django.setup()
