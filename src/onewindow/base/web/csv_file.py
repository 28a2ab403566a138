"""A CSV that is streamed: read a page at a time, and nothing open while somebody takes it."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from django.db import connections
from django.http import HttpResponse, StreamingHttpResponse

BOM = b"\xef\xbb\xbf"  # by it Excel knows that it is UTF-8
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(name: str, pages: Iterable[Iterable[Sequence[str | int]]]) -> HttpResponse:
    """Answer with a file of this name: rows, a page at a time."""
    response = StreamingHttpResponse(_text(pages), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return cast("HttpResponse", response)  # of the same base, and nobody reads its content


def harmless(value: str | int) -> str | int:
    """Put a quotation mark before what a spreadsheet would take for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


class _Line:
    """What ``csv`` writes into; it hands back the line."""

    def write(self, line: str) -> str:
        return line


def _text(pages: Iterable[Iterable[Sequence[str | int]]]) -> Iterator[bytes]:
    writer: Any = csv.writer(_Line())
    yield BOM
    for page in pages:
        text = "".join(writer.writerow(map(harmless, row)) for row in page)
        _give_back_connections()
        yield text.encode()


def _give_back_connections() -> None:
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
