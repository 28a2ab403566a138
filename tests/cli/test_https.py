"""HTTPS on a network without the internet: one command, and the plain door leads to it."""

import ssl

import httpx

from benchmarks.server import free_port
from tests.cli.conftest import Installation


def test_a_hall_serves_with_its_own_certificate(installation: Installation) -> None:
    installation.init()
    said = installation.run("cert", "hall.lan").must_succeed()
    assert "hall.lan, localhost" in said
    port = free_port()
    up = installation.up("--https-port", port)
    trusted = ssl.create_default_context(cafile=str(installation.data / "tls" / "authority.crt"))
    with httpx.Client(verify=trusted) as browser:
        page = browser.get(f"https://localhost:{port}/h/east-lake/")
        assert page.status_code == 200
        plain = browser.get(f"http://localhost:{up.port}/h/east-lake/?what=births")
        assert plain.status_code == 308
        assert plain.headers["Location"] == f"https://localhost:{port}/h/east-lake/?what=births"
        sign_in = browser.get(f"https://localhost:{port}/sign-in", follow_redirects=True)
        assert "Secure" in sign_in.headers["Set-Cookie"]
        authority = browser.get(f"http://localhost:{up.port}/authority/")
        assert said.split("(SHA-256): ")[1].split()[0] in authority.text
    assert "hall.lan" in installation.run("check").must_succeed()


def test_without_a_certificate_it_says_how_to_make_one(installation: Installation) -> None:
    installation.init()
    refused = installation.run("up", "--https-port", free_port())
    refused.must_refuse("onewindow cert")


def test_an_authority_signs_for_no_strangers_name(installation: Installation) -> None:
    installation.init().run("cert", "hall.lan").must_succeed()
    installation.run("cert", "bank.example").must_refuse("bank.example")
    installation.run("cert", "two words").must_refuse("neither a name", code=2)
