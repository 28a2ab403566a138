"""The messages of each room: ``python -m onewindow.config.messages extract|compile|check [room]``.

Every room keeps its Chinese in ``locale/zh_Hans/LC_MESSAGES/django.po``. ``extract`` brings the
file up to date with the code and leaves what is new empty; ``compile`` writes what Django reads,
where it is older; ``check`` fails on whatever is not translated, and once. No gettext is needed:
Django turns templates into something like Python, and Babel reads that.
"""

import argparse
import io
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
LANGUAGE = "zh_Hans"
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = r"""msgid ""
msgstr ""
"Language: zh_Hans\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=1; plural=0;\n"

"""
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
LEFT_OUT = {"tests", "migrations", "static", "locale"}

Key = tuple[str, str]  # context, text


def main(words: list[str] | None = None) -> int:
    """Do what the command line asks; return 1 when something is wrong."""
    parser = argparse.ArgumentParser(prog="messages")
    parser.add_argument("task", choices=["extract", "compile", "check"])
    parser.add_argument("room", nargs="*", help="tickets, base/web ...; by default all")
    asked = parser.parse_args(words)
    rooms = [room for room in all_rooms() if not asked.room or name_of(room) in asked.room]
    if asked.task == "check":
        return report([*chain.from_iterable(map(faults, rooms)), *disagreements(rooms)])
    for room in rooms:
        update(room) if asked.task == "extract" else compile_po(po_file(room))
    return 0


def report(found: list[str]) -> int:
    """Tell what is wrong, a line each."""
    sys.stderr.writelines(f"{fault}\n" for fault in found)
    return 1 if found else 0


def all_rooms() -> list[Path]:
    """Return the directories that keep messages: the rooms and the roof."""
    return [*sorted(apps.parent for apps in PACKAGE.rglob("apps.py")), PACKAGE / "config"]


def name_of(room: Path) -> str:
    """Return a room's name as the command line has it: ``tickets``, ``base/web``."""
    return room.relative_to(PACKAGE).as_posix()


def po_file(room: Path) -> Path:
    """Return where a room's translations stand."""
    return room / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def sources(room: Path) -> Iterator[Path]:
    """Yield the files of a room that speak to people: Python and templates."""
    for path in sorted(room.rglob("*")):
        inside = path.relative_to(room)
        if path.suffix in (".py", ".html", ".txt") and not LEFT_OUT.intersection(inside.parts):
            yield path


def in_code(room: Path) -> Catalog:
    """Return every message that a room's code and templates say."""
    found = Catalog(locale=LANGUAGE)
    for path in sources(room):
        for _line, text, comments, context in extract("python", _python(path), KEYWORDS, ["Note:"]):
            where = [(path.relative_to(room).as_posix(), 1)]
            found.add(text, locations=where, auto_comments=comments, context=context)
    return found


def _python(path: Path) -> io.BytesIO:
    """Return a source as Python; a template's lines are put flush, so that they parse as such."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        like_python = templatize(text, origin=str(path))
        text = "\n".join(line.strip() for line in like_python.splitlines())
    return io.BytesIO(text.encode())


def in_file(room: Path) -> Catalog:
    """Return what a room's file of translations holds."""
    path = po_file(room)
    if not path.exists():
        return Catalog(locale=LANGUAGE)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def update(room: Path) -> None:
    """Write a room's file anew: what the code says, with the translations that were there."""
    said, kept = in_code(room), in_file(room)
    for message in messages(said):
        old = kept.get(_text(message), message.context)
        if old is not None:
            message.string = _kept(message, old)
            message.user_comments, message.flags = old.user_comments, old.flags | message.flags
    if len(said):
        path = po_file(room)
        path.parent.mkdir(parents=True, exist_ok=True)
        body = io.BytesIO()
        write_po(body, said, width=100, omit_header=True, include_lineno=False, sort_by_file=True)
        path.write_text(HEADER + body.getvalue().decode(), encoding="utf-8")


def _kept(message: Message, old: Message) -> str | tuple[str, ...]:
    """Return an old translation in the form the message now has: one text, or one per plural."""
    first = _forms(old.string)[0]
    return (first,) if message.pluralizable else first


def compile_po(path: Path) -> None:
    """Write the file that Django reads, unless it is newer than its source."""
    compiled = path.with_suffix(".mo")
    if not path.exists():
        return
    if compiled.exists() and compiled.stat().st_mtime > path.stat().st_mtime:
        return
    with path.open("rb") as file:
        catalog = read_po(file, locale=LANGUAGE)
    half_done = compiled.with_suffix(f".{os.getpid()}.mo")
    with half_done.open("wb") as file:
        write_mo(file, catalog)
    half_done.replace(compiled)


def faults(room: Path) -> Iterator[str]:
    """Yield what is wrong with a room's translations."""
    said, kept = in_code(room), in_file(room)
    known = {key(message): message for message in messages(kept)}
    for message in messages(said):
        wrong = _fault(message, known.pop(key(message), None))
        if wrong:
            yield f"{name_of(room)}: {wrong}: {_text(message)!r}"
    for _context, text in known:
        yield f"{name_of(room)}: no longer said (run extract): {text!r}"
    yield from (f"{name_of(room)}: obsolete entry: {text!r}" for text in kept.obsolete)


def _fault(message: Message, kept: Message | None) -> str:
    """Return what is wrong with one translation; nothing when it is right."""
    if kept is None:
        return "missing (run extract)"
    translations = _forms(kept.string)
    if not all(translations):
        return "not translated"
    if kept.fuzzy:
        return "fuzzy"
    wanted = placeholders(_last(message.id))
    return "" if all(placeholders(t) == wanted for t in translations) else "placeholders differ"


def disagreements(rooms: Iterable[Path]) -> Iterator[str]:
    """Yield what two rooms translate differently: Django would keep only one of them."""
    seen: dict[Key, tuple[str, str]] = {}
    for room in rooms:
        for message in messages(in_file(room)):
            now = (name_of(room), _last(message.string))
            first = seen.setdefault(key(message), now)
            if now[1] and first[1] and first[1] != now[1]:
                yield f"{_text(message)!r} is {first[1]!r} in {first[0]}, {now[1]!r} in {now[0]}"


def messages(catalog: Catalog) -> list[Message]:
    """Return a catalogue's messages without its header."""
    return [message for message in catalog if message.id]


def key(message: Message) -> Key:
    """Return what tells a message from another."""
    return message.context or "", _text(message)


def placeholders(text: str) -> list[str]:
    """Return the places of a text that are filled in, whatever their order."""
    return sorted(PLACEHOLDER.findall(text))


def _text(message: Message) -> str:
    """Return what the code says; of a plural, the singular."""
    return _forms(message.id)[0]


def _last(forms: str | Sequence[str] | None) -> str:
    """Return the plural where there is one: the form that names every placeholder."""
    return _forms(forms)[-1]


def _forms(text: str | Sequence[str] | None) -> Sequence[str]:
    """Return a text's forms: one, or one per plural."""
    return [text or ""] if isinstance(text, str | None) else text


if __name__ == "__main__":
    sys.exit(main())
