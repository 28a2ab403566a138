"""Pinyin, so that a service is found by its sound. The tables of pypinyin weigh 58 MB: what it says
is written down with the service, and a process that never writes one never loads them."""

import re

CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def spelled(*phrases: str) -> str:
    """Return the pinyin of the Chinese in each phrase: syllables by blanks, phrases by commas."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 (see above)

    runs = (CHINESE.findall(phrase) for phrase in phrases)
    spoken = [" ".join(lazy_pinyin("".join(run))) for run in runs if run]
    return ",".join(dict.fromkeys(spoken))
