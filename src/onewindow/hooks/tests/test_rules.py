"""Pauses, signatures, and to whom nothing is sent."""

import hashlib
import hmac
from datetime import timedelta

import pytest

from onewindow.hooks import rules
from onewindow.hooks.policy import HookPolicy


def test_pauses_grow_from_a_minute_to_twelve_hours_and_stay_there() -> None:
    pauses = [rules.pause(failures, HookPolicy()) for failures in (1, 2, 3, 4, 5, 6, 7, 99)]
    assert pauses[0] == timedelta(minutes=1)
    assert pauses == sorted(pauses)
    assert pauses[-2:] == [timedelta(hours=12)] * 2


def test_the_signature_covers_moment_and_body() -> None:
    digest = hmac.new(b"secret", b'1700000000.{"id":1}', hashlib.sha256).hexdigest()
    assert rules.signature("secret", 1_700_000_000, '{"id":1}') == f"t=1700000000,v1={digest}"


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111"])
def test_the_internet_may_be_told(address: str) -> None:
    assert rules.may_connect(address, private=False)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.5", "::1", "fd12::1"]
)
def test_the_halls_own_network_only_where_the_setting_allows_it(address: str) -> None:
    assert not rules.may_connect(address, private=False)
    assert rules.may_connect(address, private=True)


def test_an_address_of_ours_in_other_clothes_is_known() -> None:
    assert not rules.may_connect("::ffff:127.0.0.1", private=False)
    assert not rules.may_connect("::ffff:10.0.0.1", private=False)


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254",
        "::ffff:169.254.169.254",
        "100.100.100.200",
        "168.63.129.16",
        "fd00:ec2::254",
        "fe80::1%eth0",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "0.0.0.0",  # noqa: S104  # nobody listens here
        "::",
        "224.0.0.1",
        "no address",
    ],
)
def test_what_gives_a_machine_its_identity_is_never_asked(address: str) -> None:
    assert not rules.may_connect(address, private=False)
    assert not rules.may_connect(address, private=True)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://data.example/",
        "file:///etc/passwd",
        "https://",
        "https://user:word@data.example/",
        "https://data.example/#part",
        "https://data.example:99999/",
        "https://[::1/",
        "data.example",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    assert rules.target(url) is None
