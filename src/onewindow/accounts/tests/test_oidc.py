"""Signing in through the organisation's provider, and what it must not prove."""

import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from joserfc import jwt
from joserfc.jwk import RSAKey

from onewindow.accounts.models import User
from onewindow.accounts.oidc import challenge
from onewindow.accounts.states import Role
from onewindow.accounts.tests import make
from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.trail.models import Entry

DEVICES = "/s/east-lake/accounts/devices/"
BACK = "/sign-in/provider/back"


class Provider:
    """A small OpenID provider of our own, on this machine, with its own key."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one"}, private=True)
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {}
        self.signs_with: RSAKey | None = None
        self.sent: dict[str, list[str]] = {}
        self.challenge = ""
        self.now = int(clocks.now().timestamp())  # the set clock is of the test's thread
        self.nonce = ""
        provider = self

        class Door(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # the name it has there
                self._answer(provider.says(self.path))

            def do_POST(self) -> None:  # the name it has there
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self._answer(provider.token(parse_qs(body)))

            def _answer(self, what: dict[str, Any]) -> None:
                body = json.dumps(what).encode()
                self.send_response(400 if "error" in what else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def says(self, path: str) -> dict[str, Any]:
        if path.endswith("openid-configuration"):
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
            }
        if path == "/keys":
            return {"keys": [self.key.as_dict(private=False)]}
        return self.userinfo

    def token(self, sent: dict[str, list[str]]) -> dict[str, Any]:
        self.sent = sent
        if challenge(sent.get("code_verifier", [""])[0]) != self.challenge:
            return {"error": "invalid_grant"}
        now = self.now
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "aud": "onewindow",
            "sub": "u-1",
            "nonce": self.nonce,
        }
        claims |= {"iat": now, "exp": now + 300, "preferred_username": "0312"} | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": "RS256", "kid": self.key.kid} | self.header
        if header["alg"] == "none":
            parts = (json.dumps(part).encode() for part in (header, claims))
            signed = ".".join(urlsafe_b64encode(part).decode().rstrip("=") for part in parts) + "."
        else:
            signed = jwt.encode(header, claims, self.signs_with or self.key)
        return {"access_token": "a", "token_type": "Bearer", "id_token": signed}

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    """The provider that the settings name."""
    made = Provider()
    settings.OIDC = {
        "issuer": made.issuer,
        "client_id": "onewindow",
        "client_secret": "secret",
        "claim": "preferred_username",
        "label": "City account",
        "only": False,
    }
    yield made
    made.close()


@pytest.fixture
def lin(hall: Hall) -> User:
    """Whom the provider knows by the staff number."""
    return make.person(hall, Role.HALL_MANAGER, staff_number="0312", name="Lin")


def goes_to(browser: Client, provider: Provider, back: str = DEVICES) -> str:
    """Follow the link to the provider; return the state it must give back."""
    away = browser.get("/sign-in/provider", {"next": back})["Location"]
    asked = parse_qs(urlsplit(away).query)
    assert away.startswith(f"{provider.issuer}/authorize?")
    assert asked["code_challenge_method"] == ["S256"]
    provider.challenge, provider.nonce = asked["code_challenge"][0], asked["nonce"][0]
    return asked["state"][0]


def comes_back(browser: Client, state: str) -> Any:
    return browser.get(BACK, {"state": state, "code": "c"})


def through(browser: Client, provider: Provider) -> Any:
    return comes_back(browser, goes_to(browser, provider))


def is_refused(browser: Client, done: Any, sentence: str = "did not succeed") -> bool:
    assert done["Location"] == "/sign-in"
    assert browser.get(DEVICES).status_code == 302
    return sentence in browser.get("/sign-in").text


def test_who_exists_here_comes_in_and_goes_where_they_wished(
    client: Client, provider: Provider, lin: User
) -> None:
    assert "City account" in client.get("/sign-in").text

    assert through(client, provider)["Location"] == DEVICES

    assert client.get(DEVICES).status_code == 200
    assert Entry.objects.get(kind="user.signed-in").data["how"] == "oidc"


def test_it_never_leads_to_another_site(client: Client, provider: Provider, lin: User) -> None:
    state = goes_to(client, provider, "https://evil.example/")

    assert comes_back(client, state)["Location"] == "/first-page"


def test_nobody_is_made_by_signing_in(client: Client, provider: Provider, hall: Hall) -> None:
    assert is_refused(client, through(client, provider), "Nobody who may sign in here")
    assert not User.objects.exists()


def test_who_has_left_is_refused(client: Client, provider: Provider, lin: User) -> None:
    lin.is_active = False
    lin.save()

    assert is_refused(client, through(client, provider), "Nobody who may sign in here")


def test_the_second_factor_is_asked_here_too(client: Client, provider: Provider, lin: User) -> None:
    lin.second_factor_since = clocks.now()
    lin.save()

    assert through(client, provider)["Location"] == "/sign-in/code"
    assert client.get(DEVICES).status_code == 302


BAD_CLAIMS: dict[str, dict[str, Any]] = {
    "wrong audience": {"aud": "another"},
    "wrong issuer": {"iss": "https://evil.example"},
    "wrong nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "expired": {"exp": 1_000_000_000},
    "no end": {"exp": None},
    "for another party": {"aud": ["onewindow", "x"], "azp": "x"},
}


@pytest.mark.parametrize("bad", BAD_CLAIMS)
def test_a_token_that_proves_something_else_is_refused(
    client: Client, provider: Provider, lin: User, bad: str
) -> None:
    provider.claims = BAD_CLAIMS[bad]

    assert is_refused(client, through(client, provider))


def test_an_unsigned_token_is_refused(client: Client, provider: Provider, lin: User) -> None:
    provider.header = {"alg": "none"}

    assert is_refused(client, through(client, provider))


def test_a_token_signed_by_somebody_else_is_refused(
    client: Client, provider: Provider, lin: User
) -> None:
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"}, private=True)

    assert is_refused(client, through(client, provider))


def test_a_provider_may_change_its_key(client: Client, provider: Provider, lin: User) -> None:
    through(Client(), provider)
    provider.key = RSAKey.generate_key(2048, {"kid": "two"}, private=True)

    assert through(client, provider)["Location"] == DEVICES


def test_an_answer_counts_for_the_browser_that_asked_and_once(
    client: Client, provider: Provider, lin: User
) -> None:
    state = goes_to(client, provider)
    other = Client()
    assert is_refused(other, comes_back(other, state))
    goes_to(other, provider)
    assert is_refused(other, comes_back(other, state))

    state = goes_to(client, provider)
    comes_back(client, state)
    client.post("/sign-out")
    assert is_refused(client, comes_back(client, state))


def test_the_staff_number_may_stand_in_userinfo_and_only_of_the_same_person(
    client: Client, provider: Provider, lin: User
) -> None:
    provider.claims = {"preferred_username": None}
    provider.userinfo = {"sub": "u-2", "preferred_username": "0312"}
    assert is_refused(client, through(client, provider))

    provider.userinfo["sub"] = "u-1"
    assert through(client, provider)["Location"] == DEVICES


def test_while_the_provider_is_away_the_sign_in_page_says_so_and_serves(
    client: Client, provider: Provider, lin: User, settings: Any
) -> None:
    settings.OIDC = settings.OIDC | {"issuer": "http://127.0.0.1:9"}

    done = client.get("/sign-in/provider")

    assert is_refused(client, done, "City account does not answer.")
    assert 'name="password"' in client.get("/sign-in").text


def test_without_a_provider_there_is_no_such_way(client: Client, db: None) -> None:
    assert client.get("/sign-in/provider").status_code == 404
    assert client.get(BACK).status_code == 404


def test_where_only_the_provider_counts_administrators_keep_their_password(
    client: Client, provider: Provider, lin: User, settings: Any, hall: Hall
) -> None:
    settings.OIDC = settings.OIDC | {"only": True}
    boss = make.person(hall, Role.SYSTEM_ADMINISTRATOR, staff_number="0901")
    for one in (lin, boss):
        one.set_password("Lantern-Harbour-7")
        one.second_factor_since = None
        one.save()

    def signs_in(number: str) -> Any:
        return client.post("/sign-in", {"staff_number": number, "password": "Lantern-Harbour-7"})

    assert "Staff number or password is not right." in signs_in("0312").text
    assert signs_in("0901").status_code == 302
