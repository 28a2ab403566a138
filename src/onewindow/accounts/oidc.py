"""Signing in through the organisation's own provider (OpenID Connect): code flow with PKCE.

The settings name the provider. What it says of itself and its keys are kept for an hour; a token
signed with a key that we do not know makes us look for new keys once. Whatever it proves, it
proves a staff number only: the person must exist here.
"""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

import httpx
from django.conf import settings
from django.core.cache import cache
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization
from joserfc.jws import JWSRegistry

from onewindow.base import clocks

TIMEOUT_S = 3.0
KEPT_S = 3600
LEEWAY_S = 60  # two machines' clocks
SIGNED_WITH = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]  # never "none"
SCOPE = "openid profile"


class ProviderAway(Exception):
    """The provider does not answer, or not as a provider does."""


class NotProven(Exception):
    """What came back proves nothing."""


@dataclass(frozen=True)
class Asked:
    """What was asked of the provider, and must come back with its answer."""

    state: str
    nonce: str
    verifier: str


def is_offered() -> bool:
    """Say whether the settings name a provider."""
    return bool(settings.OIDC["issuer"] and settings.OIDC["client_id"])


def begin(redirect_uri: str) -> tuple[str, Asked]:
    """Return where to send the browser, and what to remember until it comes back."""
    asked = Asked(*(secrets.token_urlsafe(48) for _what in range(3)))
    wanted = {
        "response_type": "code",
        "client_id": settings.OIDC["client_id"],
        "redirect_uri": redirect_uri,
        "scope": SCOPE,
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": challenge(asked.verifier),
        "code_challenge_method": "S256",
    }
    address = _of_provider()["authorization_endpoint"]
    return f"{address}{'&' if '?' in address else '?'}{urlencode(wanted)}", asked


def challenge(verifier: str) -> str:
    """Return what the provider holds against the verifier later (RFC 7636)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def staff_number(code: str, asked: Asked, redirect_uri: str) -> str:
    """Return the staff number that the provider proves. Raise ProviderAway, NotProven."""
    provider = _of_provider()
    sent = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "code_verifier": asked.verifier,
    }
    us = (settings.OIDC["client_id"], settings.OIDC["client_secret"])
    try:
        answer = httpx.post(provider["token_endpoint"], data=sent, auth=us, timeout=TIMEOUT_S)
        token = dict(answer.json())
        claims = _proven(str(token.get("id_token", "")), asked.nonce)
        number = claims.get(settings.OIDC["claim"])
        if not number:
            number = _told(str(token.get("access_token", "")), provider, claims["sub"])
    except (httpx.HTTPError, ValueError, TypeError) as gone:
        raise ProviderAway(str(gone)) from gone
    return str(number or "").strip()


def _told(access: str, provider: dict[str, Any], subject: str) -> str:
    """Ask for the claim where the token leaves it out; the answer must be of the same person."""
    if "userinfo_endpoint" not in provider:
        return ""
    shown = {"Authorization": f"Bearer {access}"}
    answer = httpx.get(provider["userinfo_endpoint"], headers=shown, timeout=TIMEOUT_S)
    answer.raise_for_status()
    told = answer.json()
    if told.get("sub") != subject:
        raise NotProven("userinfo is of another subject")
    return str(told.get(settings.OIDC["claim"]) or "")


def _proven(id_token: str, nonce: str) -> dict[str, Any]:
    """Return what a token claims once its signature, issuer, audience, time and nonce hold."""
    try:
        claims = _signed(id_token)
        _rules(nonce).validate(claims)
        if claims.get("azp", settings.OIDC["client_id"]) != settings.OIDC["client_id"]:
            raise NotProven("azp")
    except (JoseError, ValueError) as no:
        raise NotProven(str(no)) from no
    return claims


def _signed(id_token: str) -> dict[str, Any]:
    """Read a token whose signature is the provider's; look for new keys once."""
    registry = JWSRegistry(algorithms=SIGNED_WITH, strict_check_header=False)
    try:
        return dict(jwt.decode(id_token, _keys(), registry=registry).claims)
    except (JoseError, ValueError):
        return dict(jwt.decode(id_token, _keys(anew=True), registry=registry).claims)


def _rules(nonce: str) -> jwt.JWTClaimsRegistry:
    now = int((clocks.now() - clocks.shift()).timestamp())
    return jwt.JWTClaimsRegistry(
        now=now,
        leeway=LEEWAY_S,
        iss={"essential": True, "value": settings.OIDC["issuer"]},
        aud={"essential": True, "value": settings.OIDC["client_id"]},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )


def _keys(*, anew: bool = False) -> KeySet:
    kept = _kept("keys", _of_provider()["jwks_uri"], anew=anew)
    return KeySet.import_key_set(cast("KeySetSerialization", kept))


def _of_provider() -> dict[str, Any]:
    """Return what the provider says of itself. Raise ProviderAway."""
    issuer = settings.OIDC["issuer"]
    found = _kept("provider", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if found.get("issuer") != issuer or not all(_is_safe(found.get(one)) for one in wanted):
        raise ProviderAway("it says another issuer, or gives no safe addresses")
    return found


def _is_safe(address: Any) -> bool:
    """Say whether an address is as well protected as the issuer's own."""
    scheme = urlsplit(str(address)).scheme
    return scheme == "https" or scheme == urlsplit(settings.OIDC["issuer"]).scheme == "http"


def _kept(what: str, address: str, *, anew: bool = False) -> dict[str, Any]:
    """Return a document of the provider, at most an hour old."""
    name = f"oidc-{what}-{hashlib.sha256(address.encode()).hexdigest()}"
    found = None if anew else cache.get(name)
    if found is None:
        try:
            answer = httpx.get(address, timeout=TIMEOUT_S)
            answer.raise_for_status()
            found = dict(answer.json())
        except (httpx.HTTPError, ValueError, TypeError) as gone:
            raise ProviderAway(str(gone)) from gone
        cache.set(name, found, KEPT_S)
    return cast("dict[str, Any]", found)
