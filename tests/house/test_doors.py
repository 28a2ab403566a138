"""Every address says who may come, and every POST counts once."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from ninja.operation import PathView

from tests.house.reading import addresses

PROTECTED_BY_OTHERS = {  # names of addresses that others serve, with what protects them
    "api:openapi-json": "open: it describes, and shows nothing of a hall",
    "api:openapi-view": "open: the same, for people",
    "api:api-root": "open: answers nothing but its address",
}
Door = Callable[..., Any]


def path_view(view: Door) -> PathView | None:
    """Return what ninja keeps behind an address; None for a page."""
    try:
        behind = inspect.getclosurevars(view).nonlocals.get("self")
    except TypeError:
        return None
    return behind if isinstance(behind, PathView) else None


def pages() -> Iterator[tuple[str, Door]]:
    """Yield our own addresses with their views, those of the API aside."""
    for address, pattern in addresses():
        if path_view(pattern.callback) is None:
            name = f"{'api:' if address.startswith('api/') else ''}{pattern.name or ''}"
            if name not in PROTECTED_BY_OTHERS:
                yield address, pattern.callback


def operations() -> Iterator[tuple[str, set[str], Door]]:
    """Yield the API's operations: address, methods, view."""
    for address, pattern in addresses():
        found = path_view(pattern.callback)
        for operation in found.operations if found else ():
            yield address, set(operation.methods), operation.view_func


def source(view: Door) -> str:
    """Return the text of the function behind all its decorators."""
    return inspect.getsource(inspect.unwrap(view))


def is_guarded(view: Door) -> bool:
    """Say whether a view tells who may come."""
    return hasattr(view, "needs") or getattr(view, "public", False)


def takes_posts(view: Door) -> bool:
    """Say whether a page does something with a POST."""
    return "POST" in source(view)


def test_every_page_says_who_may_come() -> None:
    assert [address for address, view in pages() if not is_guarded(view)] == []


def test_every_operation_says_who_may_come() -> None:
    found = list(operations())
    assert [address for address, _, view in found if not is_guarded(view)] == []


def test_every_post_of_a_page_counts_once() -> None:
    found = [address for address, view in pages() if takes_posts(view)]
    assert [a for a, view in pages() if a in found and not getattr(view, "once", False)] == []


def test_every_post_of_the_api_counts_once() -> None:
    writing = [(a, view) for a, methods, view in operations() if methods - {"GET", "HEAD"}]
    assert [address for address, view in writing if not getattr(view, "once", False)] == []


@pytest.mark.parametrize("name", sorted(PROTECTED_BY_OTHERS))
def test_what_others_protect_still_exists(name: str) -> None:
    named = {f"api:{p.name}" if a.startswith("api/") else p.name for a, p in addresses()}
    assert name in named
