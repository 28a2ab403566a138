"""The API's door: which key opens what, and what a request costs."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onewindow.accounts.access import Can
from onewindow.accounts.actions import revoke_key
from onewindow.accounts.actions.keys import KeyRevoked
from onewindow.accounts.tests import make
from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry

pytestmark = pytest.mark.urls("onewindow.accounts.tests.api_urls")

LOOK = "/api/v1/halls/east-lake/windows/5"
MISS = "/api/v1/tickets/7/miss"


def ask(text: str, path: str = LOOK, **headers: str) -> Any:
    return Client().get(path, headers={"Authorization": f"Bearer {text}"} | headers)


def test_a_key_opens_its_hall_and_says_who_asks(hall: Hall) -> None:
    key, text = make.key(hall)

    seen = ask(text, f"{LOOK}?page=3").json()

    assert seen["hall"] == "east-lake"
    assert (seen["label"], seen["page"]) == ("5", 3)
    assert seen["caller"] == f"key:{key.pk}"
    assert seen["by"] == ["key", key.pk, key.prefix, "api", "127.0.0.1"]


def test_only_the_hash_of_a_secret_is_kept(hall: Hall) -> None:
    key, text = make.key(hall)

    assert text.startswith(f"ow_{key.prefix}_")
    assert text.rsplit("_", 1)[1] not in repr(key.__dict__)


def test_a_known_key_costs_one_small_statement(hall: Hall) -> None:
    text = make.key(hall)[1]
    ask(text)

    with CaptureQueriesContext(connection) as asked:
        ask(text)

    assert [query["sql"][:30] for query in asked] == ["SELECT version FROM halls_hall"]


@pytest.mark.parametrize("text", ["", "nonsense", "ow_00000000_00", "ow_x", "ow__", "emoji-🙂"])
def test_a_wrong_key_gets_401_as_a_problem_document(db: None, text: str) -> None:
    no = ask(text)

    assert no.status_code == 401
    assert no["Content-Type"].startswith("application/problem+json")
    assert no["WWW-Authenticate"] == "Bearer"


def test_no_key_at_all_gets_401(db: None) -> None:
    assert Client().get(LOOK).status_code == 401


def test_a_key_with_another_secret_gets_401(hall: Hall) -> None:
    text = make.key(hall)[1]
    ask(text)

    assert ask(text[:-1] + ("0" if text[-1] != "0" else "1")).status_code == 401


def test_another_hall_is_not_there_for_a_key(hall: Hall, other_hall: Hall) -> None:
    text = make.key(hall)[1]

    assert ask(text, "/api/v1/halls/west-gate/windows/5").status_code == 404


def test_a_key_without_the_permission_gets_403(hall: Hall) -> None:
    text = make.key(hall, Can.SEE_QUEUE)[1]

    no = Client().post(MISS, headers={"Authorization": f"Bearer {text}"})

    assert ask(text).status_code == 200
    assert no.status_code == 403


def test_an_operation_without_a_hall_in_its_address_takes_the_keys_hall(hall: Hall) -> None:
    text = make.key(hall, Can.SERVE)[1]

    done = Client().post(MISS, headers={"Authorization": f"Bearer {text}"})

    assert done.json() == {"number": 7}


def test_a_revoked_key_opens_nothing_from_the_next_request_on(hall: Hall, by: By) -> None:
    key, text = make.key(hall)
    assert ask(text).status_code == 200

    revoke_key(key=key, by=by)

    assert ask(text).status_code == 401
    assert list(Entry.objects.values_list("kind", flat=True)) == ["key.made", "key.revoked"]


def test_a_key_is_revoked_once(hall: Hall, by: By) -> None:
    key, _ = make.key(hall)
    revoke_key(key=key, by=by)

    with pytest.raises(KeyRevoked):
        revoke_key(key=key, by=by)


def test_a_key_of_an_archived_hall_opens_nothing(hall: Hall) -> None:
    text = make.key(hall)[1]
    assert ask(text).status_code == 200

    hall.archived_at = clocks.now()
    hall.save()

    assert ask(text).status_code == 401


def test_a_permission_that_no_longer_exists_is_left_out(hall: Hall) -> None:
    key, text = make.key(hall, Can.SEE_QUEUE)
    key.can = ["queue.see", "moon.fly"]
    key.save()

    assert ask(text).status_code == 200


def test_last_use_is_written_once_a_minute(hall: Hall) -> None:
    key, text = make.key(hall)
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    for seconds in (0, 20, 59):
        with clocks.at(noon + timedelta(seconds=seconds)):
            ask(text)
    key.refresh_from_db()
    assert key.last_used_at == noon

    with clocks.at(noon + timedelta(seconds=61)):
        ask(text)

    key.refresh_from_db()
    assert key.last_used_at == noon + timedelta(seconds=61)


def test_a_repeated_request_is_answered_the_same(hall: Hall) -> None:
    text = make.key(hall)[1]
    headers = {"Authorization": f"Bearer {text}", "Idempotency-Key": "k1"}

    first, again = (Client().post(MISS, headers=headers) for _ in range(2))

    assert first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true"
