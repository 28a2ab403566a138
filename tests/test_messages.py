"""The tool that keeps the translations: it finds what is said, and what is not translated."""

from pathlib import Path

import pytest
from babel.messages.pofile import write_po

from onewindow.config import messages

TEMPLATE = """
{% translate "Call again" %} {% translate "May" context "month" %}
    {% blocktranslate count n=waiting trimmed %}
      One waits
    {% plural %}
      {{ n }} wait
    {% endblocktranslate %}
  {% include "part.html" with title=_("Deep inside") %}
"""
CODE = """
from django.utils.translation import gettext_lazy as _, ngettext
a = _("Ticket {number} is "
      "gone.")
b = ngettext("%(n)s ticket", "%(n)s tickets", 2)
"""


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A room of its own with a template and some code."""
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    room = tmp_path / "room"
    (room / "templates").mkdir(parents=True)
    (room / "apps.py").touch()
    (room / "templates" / "page.html").write_text(TEMPLATE)
    (room / "views.py").write_text(CODE)
    return room


def translate(room: Path, **texts: str) -> None:
    """Translate every message of the room; ``texts`` are exceptions, by their first word."""
    messages.update(room)
    catalog = messages.in_file(room)
    for message in messages.messages(catalog):
        text = message.id if isinstance(message.id, str) else message.id[-1]
        chinese = texts.get(text.split()[0], f"译{''.join(messages.placeholders(text))}")
        message.string = (chinese,) if message.pluralizable else chinese
    with messages.po_file(room).open("wb") as file:
        write_po(file, catalog)


def test_it_finds_what_templates_and_code_say(room: Path) -> None:
    said = {message.id for message in messages.messages(messages.in_code(room))}
    assert said == {
        "Call again",
        "May",
        ("One waits", "%(n)s wait"),
        "Deep inside",
        "Ticket {number} is gone.",
        ("%(n)s ticket", "%(n)s tickets"),
    }


def test_extracting_again_keeps_the_translations(room: Path) -> None:
    translate(room)
    before = messages.po_file(room).read_text()
    messages.update(room)
    messages.update(room)
    assert messages.po_file(room).read_text().count("译") == before.count("译") == 6


def test_a_complete_file_passes(room: Path) -> None:
    translate(room)
    assert messages.main(["check"]) == 0


@pytest.mark.parametrize(
    ("chinese", "wrong"),
    [
        ({"Call": ""}, "not translated: 'Call again'"),
        ({"Ticket": "号票已取消"}, "placeholders differ"),
    ],
)
def test_what_is_wrong_is_named(
    room: Path, chinese: dict[str, str], wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    translate(room, **chinese)
    assert messages.main(["check"]) == 1
    assert wrong in capsys.readouterr().err


def test_a_new_text_and_an_old_one_are_both_found(room: Path) -> None:
    translate(room)
    (room / "views.py").write_text('_("New")')
    found = "\n".join(messages.faults(room))
    assert "missing (run extract): 'New'" in found
    assert "no longer said (run extract): 'Ticket {number} is gone.'" in found


def test_two_rooms_may_not_disagree(room: Path) -> None:
    translate(room)
    other = room.parent / "other"
    other.mkdir()
    (other / "apps.py").touch()
    (other / "views.py").write_text('_("Call again")')
    translate(other, Call="重呼")
    assert list(messages.disagreements([room, other])) == [
        "'Call again' is '译' in room, '重呼' in other"
    ]


def test_compiling_writes_only_what_is_older(room: Path) -> None:
    translate(room)
    messages.main(["compile", "room"])
    compiled = messages.po_file(room).with_suffix(".mo")
    first = compiled.stat().st_mtime_ns
    messages.main(["compile"])
    assert compiled.stat().st_mtime_ns == first
