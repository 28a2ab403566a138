"""A hall's word set speaks where people are named; the code knows no trade.

What a government hall calls its visitors stands in its template, and in the usual words of
``base/halls/words.py``; no other file of the product may take them for granted.
"""

import re
from pathlib import Path

import pytest

from onewindow.config import messages
from tests.house.reading import PACKAGE, code, files, inside

TRADES = "config/templates/"  # a folder for each
USUAL = "base/halls"  # its translations are the usual words
NAMED = re.compile(r"群众|导办|办事人|客户|大堂经理|患者")  # leave a place for the word instead
GUIDE = re.compile(r"\b[Aa] guide\b|\bguides? desk\b|\bGuide desk\b")
OF_A_TRADE = re.compile(
    r"政务|政府|群众|导办|便民热线|银行|\b(?:government|citizens?|municipal|bureau|bank|12345)\b",
    re.IGNORECASE,
)
ROOMS = [room for room in messages.all_rooms() if messages.name_of(room) != USUAL]


@pytest.mark.parametrize("room", ROOMS, ids=messages.name_of)
def test_no_translation_names_people_by_one_trades_word(room: Path) -> None:
    found = [
        text
        for message in messages.messages(messages.in_file(room))
        for text in messages._forms(message.string)
        if NAMED.search(text)
    ]
    assert found == []


@pytest.mark.parametrize("room", ROOMS, ids=messages.name_of)
def test_no_english_text_takes_a_guide_for_granted(room: Path) -> None:
    said = [
        text
        for message in messages.messages(messages.in_code(room))
        for text in messages._forms(message.id)
    ]
    assert [text for text in said if GUIDE.search(text)] == []


def test_nothing_of_one_trade_stands_in_the_code() -> None:
    found = [
        f"{inside(path)}: {line.strip()[:80]}"
        for path in (*code(), *files(".html"), *files(".js"))
        if PACKAGE in path.parents and not inside(path).startswith(TRADES)
        for line in path.read_text(encoding="utf-8").splitlines()
        if OF_A_TRADE.search(line)
    ]
    assert found == []
