"""What a hall lets a list be."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.setting import setting


@dataclass(frozen=True)
class ListsPolicy:
    """How long a list may be."""

    title: ClassVar = _("Lists that are imported")
    icon: ClassVar = "file-up"

    rows_at_most: int = setting(
        20_000,
        _("Rows of a file, at most"),
        _("A longer file is refused at once; nothing of it is read."),
        between=(10, 50_000),
    )
