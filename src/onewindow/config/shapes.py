"""What is wrong with the shape of what a program sent: a plain sentence, in the language asked."""

import re
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOT_ONE_OF = _("It is not one of: {expected}.")
SENTENCES: dict[str, Promise] = {
    "missing": _("It is missing."),
    "extra_forbidden": _("There is no such field."),
    "enum": NOT_ONE_OF,
    "literal_error": NOT_ONE_OF,
    "string_too_long": _("It has more than {max_length} characters."),
    "string_too_short": _("It has fewer than {min_length} characters."),
    "string_pattern_mismatch": _("It is not written in the form that is asked for."),
    "too_long": _("It has more than {max_length} entries."),
    "greater_than_equal": _("It is less than {ge}."),
    "less_than_equal": _("It is more than {le}."),
    "less_than": _("It is not less than {lt}."),
    "timezone_aware": _("It lacks a time zone, such as +08:00."),
}
KINDS: dict[str, Promise] = {
    "string": _("It must be text."),
    "int": _("It must be a whole number."),
    "bool": _("It must be true or false."),
    "list": _("It must be a list."),
    "dict": _("It must be an object."),
    "model": _("It must be an object."),
    "date": _("It must be a day, such as 2026-06-08."),
    "datetime": _("It must be a moment, such as 2026-06-08T10:00:00+08:00."),
}
ELSE = _("It does not have the right shape.")


def fault(error: dict[str, Any]) -> dict[str, str]:
    """Return where something is wrong and what, without repeating what was sent."""
    place = [str(part) for part in error.get("loc", ()) if part not in ("body", "path", "query")]
    return {"field": ".".join(place), "problem": sentence(error)}


def sentence(error: dict[str, Any]) -> str:
    """Say what is wrong with one field."""
    kind, details = str(error.get("type", "")), dict(error.get("ctx") or {})
    if "expected" in details:
        details["expected"] = ", ".join(re.findall(r"'([^']*)'", str(details["expected"])))
    words = SENTENCES.get(kind) or KINDS.get(kind.split("_")[0]) or ELSE
    return str(words).format(**details)
