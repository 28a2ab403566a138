"""Every clause of the regulation has an acceptance test, or stands in the list of those to come."""

from tests import regulation

STILL_TO_COME = 44  # lower it when a clause leaves the list; it never grows


def test_every_clause_is_tested_or_to_come() -> None:
    numbers = {number for number, _, _ in regulation.clauses()}
    carried = {mark.clause for mark in regulation.marks()}
    assert numbers - carried - set(regulation.to_come()) == set()


def test_marks_and_list_name_clauses_that_exist() -> None:
    numbers = {number for number, _, _ in regulation.clauses()}
    assert {mark.clause for mark in regulation.marks()} <= numbers
    assert set(regulation.to_come()) <= numbers


def test_the_list_only_shrinks() -> None:
    listed = regulation.to_come()
    assert len(listed) == len(set(listed)) <= STILL_TO_COME


def test_the_page_is_made_from_the_marks() -> None:
    """Write it anew with ``python -m tests.regulation``."""
    assert regulation.PAGE.read_text(encoding="utf-8") == regulation.page()
