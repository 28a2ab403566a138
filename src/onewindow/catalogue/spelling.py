"""Pinyin, so that a service is found by its sound. Only actions import this: the tables of
pypinyin weigh 58 MB, so what it says is written down with the service and never asked again."""

import re

from pypinyin import lazy_pinyin

CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def spelled(*phrases: str) -> str:
    """Return the pinyin of the Chinese in each phrase: syllables by blanks, phrases by commas."""
    runs = (CHINESE.findall(phrase) for phrase in phrases)
    spoken = [" ".join(lazy_pinyin("".join(run))) for run in runs if run]
    return ",".join(dict.fromkeys(spoken))
