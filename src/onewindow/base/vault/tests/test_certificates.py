"""The hall's authority signs for the server, soon again, and for nobody else."""

import socket
import ssl
import stat
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from onewindow.base.vault import certificates
from onewindow.base.vault.certificates import Files, NotCovered, issue

MONDAY = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
NAMES = ["hall.example", "hall-server", "10.0.0.5", "localhost"]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    made = Files(tmp_path / "tls")
    issue(made, NAMES, "City", MONDAY)
    return made


def test_the_keys_are_readable_for_us_alone(files: Files) -> None:
    for key in (files.authority_key, files.server_key):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_certificate_names_what_screens_open(files: Files) -> None:
    assert set(certificates.names_of(files)) == set(NAMES)
    assert certificates.ends(files) - MONDAY < timedelta(days=398)


def test_signing_again_keeps_the_authority(files: Files) -> None:
    before = certificates.fingerprint(files)
    issue(files, ["192.168.7.7", "desk.lan"], "City", MONDAY)
    assert certificates.fingerprint(files) == before
    assert set(certificates.names_of(files)) == {"192.168.7.7", "desk.lan"}


@pytest.mark.parametrize("name", ["bank.example", "www.hall.example.org", "8.8.8.8", "other"])
def test_it_signs_for_nobody_elses_names(files: Files, name: str) -> None:
    with pytest.raises(NotCovered):
        issue(files, [name], "City", MONDAY)
    assert set(certificates.names_of(files)) == set(NAMES)


def test_it_is_renewed_when_it_soon_ends_and_not_before(files: Files) -> None:
    first = certificates.ends(files)
    assert not certificates.renew(files, MONDAY + timedelta(days=300))
    assert certificates.renew(files, first - timedelta(days=20))
    assert certificates.ends(files) > first
    assert set(certificates.names_of(files)) == set(NAMES)


def test_where_there_is_none_nothing_is_renewed(tmp_path: Path) -> None:
    assert not certificates.renew(Files(tmp_path), MONDAY)


@pytest.mark.parametrize(("name", "trusted"), [("localhost", True), ("hall.other", False)])
def test_a_browser_that_knows_the_authority_trusts_the_server(
    tmp_path: Path, name: str, trusted: bool
) -> None:
    files = Files(tmp_path / "tls")
    issue(files, NAMES, "City", datetime.now(UTC))
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(files.server, files.server_key)
    here, there = socket.socketpair()

    def serve() -> None:
        with suppress(OSError), server.wrap_socket(there, server_side=True):
            pass

    thread = threading.Thread(target=serve)
    thread.start()
    browser = ssl.create_default_context(cafile=str(files.authority))
    try:
        browser.wrap_socket(here, server_hostname=name).close()
        assert trusted
    except ssl.SSLCertVerificationError:
        assert not trusted
    finally:
        here.close()
        thread.join(5)
