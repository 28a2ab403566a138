"""The commands of ``onewindow``: a file each, with ``add_arguments(parser)`` and ``run(args)``."""

import os
import sys
from pathlib import Path
from typing import NoReturn


class Sorry(Exception):
    """A command cannot do what was asked: a sentence for the person, and the exit code."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


def say(sentence: str) -> None:
    """Tell the person something, on standard output."""
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def warn(sentence: str) -> None:
    """Tell the person something beside the result, on standard error."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def started_as() -> str:
    """Return the command as it was typed here: what we tell people to type next works there too."""
    typed = sys.argv[0]
    return typed if Path(typed).name == "onewindow" and Path(typed).exists() else "onewindow"


def leave(code: int) -> NoReturn:
    """End this process at once: taking a large program apart can last a second."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
