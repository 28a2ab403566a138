"""What a recorded word may be: told by its first bytes, never by its name."""

import io
import wave

LARGEST = 200_000  # bytes
LONGEST_MS = 6_000
ABOUT_MS = 1_000  # where neither file nor browser says how long it is


def kind_of(content: bytes) -> str:
    """Return wav, ogg, webm or mp3; nothing for everything else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return "wav"
    if content[:4] == b"OggS":
        return "ogg"
    if content[:4] == b"\x1a\x45\xdf\xa3":
        return "webm"
    is_frame = len(content) > 2 and content[0] == 0xFF and content[1] & 0xE6 == 0xE2
    return "mp3" if content[:3] == b"ID3" or is_frame else ""


def milliseconds(content: bytes) -> int:
    """Return how long a WAV is; 0 where it cannot be read."""
    try:
        with wave.open(io.BytesIO(content)) as file:
            return int(file.getnframes() * 1000 // (file.getframerate() or 1))
    except (wave.Error, EOFError):
        return 0
