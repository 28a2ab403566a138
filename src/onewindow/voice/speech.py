"""A sentence on standard input, a WAV on standard output: a process of its own.

    echo "Number A 0 3 7" | python -m onewindow.voice.speech en

It speaks by eSpeak NG, which the extra ``onewindow[voice]`` brings and which is under the GPL: it
is loaded here and nowhere else. The library speaks for one thread, and what breaks in it ends this
process and no other. Nothing of Django is loaded, so that it begins within some milliseconds.
"""

import ctypes
import importlib
import io
import sys
import wave
from typing import Any

# From espeak-ng/speak_lib.h: the sound is handed to us, texts are UTF-8, parameter 1 is the speed.
SYNCHRONOUS, UTF8, SPEED = 2, 1, 1
WORDS_A_MINUTE = 150
CHINESE = "cmn"
VOICES = {"zh": CHINESE, "yue": "yue", "hak": "hak"}

Heard = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


def voice_of(language: str) -> str:
    """Return what the library calls the voice of a language, by its BCP 47 tag."""
    first = language.lower().partition("-")[0]
    return VOICES.get(first, first)


def wav(text: str, language: str) -> bytes:
    """Return a sentence as a WAV, 16 bit and mono. Raise RuntimeError where there is no voice."""
    loader = importlib.import_module("espeakng_loader")
    library = ctypes.CDLL(loader.get_library_path())
    samples = bytearray()

    def hear(piece: Any, many: int, _events: int | None) -> int:
        if piece and many > 0:
            samples.extend(ctypes.string_at(piece, many * 2))
        return 0

    heard = Heard(hear)  # lives as long as the library may call it
    rate = library.espeak_Initialize(SYNCHRONOUS, 0, str(loader.get_data_path()).encode(), 0)
    library.espeak_SetSynthCallback(heard)
    if rate <= 0 or library.espeak_SetVoiceByName(voice_of(language).encode()):
        raise RuntimeError(f"no voice for {language}")
    library.espeak_SetParameter(SPEED, WORDS_A_MINUTE, 0)
    raw = text.encode()
    library.espeak_Synth(raw, len(raw) + 1, 0, 0, 0, UTF8, None, None)
    library.espeak_Synchronize()
    return _file(bytes(samples), rate)


def _file(samples: bytes, rate: int) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples)
    return out.getvalue()


def main() -> int:
    """Speak what comes in."""
    try:
        sys.stdout.buffer.write(wav(sys.stdin.buffer.read().decode(), sys.argv[1]))
    except (RuntimeError, OSError, ImportError) as no:
        sys.stderr.write(f"{no}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
