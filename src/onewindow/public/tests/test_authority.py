"""The page that puts the hall's authority on kiosks and phones."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from django.test import Client
from pytest_django import Settings

from onewindow.base.vault import certificates
from onewindow.base.vault.certificates import files_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(settings: Settings, tmp_path: Path) -> None:
    """An installation with a certificate."""
    settings.DATA = tmp_path
    certificates.issue(files_of(), ["hall.lan"], "City", datetime(2026, 1, 5, tzinfo=UTC))


def test_the_page_says_the_fingerprint_and_the_names(signed: None, client: Client) -> None:
    shown = client.get("/authority/").content.decode()
    assert certificates.fingerprint(files_of()) in shown
    assert "hall.lan" in shown


def test_the_file_is_the_authority_and_no_key(signed: None, client: Client) -> None:
    answer = client.get("/authority/onewindow-authority.crt")
    assert answer.headers["Content-Type"] == "application/x-x509-ca-cert"
    found = x509.load_der_x509_certificate(answer.content)
    assert found.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_without_a_certificate_there_is_no_such_page(
    settings: Settings, tmp_path: Path, client: Client
) -> None:
    settings.DATA = tmp_path
    for address in ("/authority/", "/authority/onewindow-authority.crt"):
        assert client.get(address).status_code == 404
