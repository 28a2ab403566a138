"""The file that `backup` writes and `restore` reads: a tar of database, uploads, keys, manifest.

The manifest stands last and names every file with its size and SHA-256. Keys are in it only
closed under a passphrase (scrypt, then Fernet): who finds the file must not read personal data.
"""

import base64
import hashlib
import io
import json
import os
import secrets
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

FORMAT = 1
MANIFEST, KEYS = "manifest.json", "keys.closed"
KEY_FILES = ("vault.key", "vault.index", "trail.key", "secret.key")
TLS_FILES = tuple(f"tls/{kind}.{end}" for kind in ("authority", "server") for end in ("key", "crt"))
CLOSED_FILES = (*KEY_FILES, *TLS_FILES)  # what a passphrase keeps from others
CHUNK = 1024 * 1024


class Damaged(Exception):
    """The archive is not what was written; the sentence says where."""


@dataclass
class Manifest:
    """What an archive holds."""

    version: str
    database: str
    made_at: str
    migrations: list[str]
    key_prints: dict[str, str]
    files: dict[str, dict[str, int | str]] = field(default_factory=dict)
    format: int = FORMAT


class Writer:
    """Puts files into an archive and remembers their hashes."""

    def __init__(self, tar: tarfile.TarFile, manifest: Manifest) -> None:
        self._tar, self._manifest = tar, manifest

    def add(self, name: str, path: Path) -> None:
        """Add a file as it is now."""
        with path.open("rb") as file:
            self._add(name, file, os.fstat(file.fileno()).st_size)

    def add_bytes(self, name: str, content: bytes) -> None:
        """Add a small file."""
        self._add(name, io.BytesIO(content), len(content))

    def _add(self, name: str, file: IO[bytes], size: int) -> None:
        hashed = _Hashed(file)
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        self._tar.addfile(info, hashed)
        self._manifest.files[name] = {"size": size, "sha256": hashed.digest.hexdigest()}


class _Hashed:
    """A file that is hashed as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        chunk = self._file.read(size)
        self.digest.update(chunk)
        return chunk


@contextmanager
def writing(target: Path, manifest: Manifest) -> Iterator[Writer]:
    """Write an archive beside its place and move it there when it is whole and on the disk."""
    draft = target.with_name(f".{target.name}.part")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as tar:
                yield Writer(tar, manifest)
                content = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
                info = tarfile.TarInfo(MANIFEST)
                info.size, info.mode = len(content), 0o600
                tar.addfile(info, io.BytesIO(content))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def unpack(source: Path, target: Path) -> Manifest:
    """Take an archive apart into an empty directory, and prove every file."""
    try:
        with tarfile.open(source) as tar:
            names = [_take(tar, member, target) for member in tar]
    except (tarfile.TarError, EOFError) as no:
        raise Damaged(f"{source} is no whole archive of OneWindow ({no}).") from no
    manifest = _read_manifest(target / MANIFEST, source)
    for name, kept in manifest.files.items():
        path = target / name
        if not path.is_file() or digest(path) != kept["sha256"]:
            raise Damaged(f"{name} in {source} is not what was written.")
    extra = set(names) - set(manifest.files) - {MANIFEST}
    if extra:
        raise Damaged(f"{source} holds what its manifest does not know: {sorted(extra)[0]}")
    return manifest


def _take(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> str:
    path = PurePosixPath(member.name)
    if not member.isfile() or path.is_absolute() or ".." in path.parts:
        raise Damaged(f"the archive holds something that is no plain file: {member.name}")
    inside = tar.extractfile(member)
    place = target / path
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as file:
        while inside and (chunk := inside.read(CHUNK)):
            file.write(chunk)
    place.chmod(0o600)
    return member.name


def _read_manifest(path: Path, source: Path) -> Manifest:
    try:
        kept = json.loads(path.read_text())
        if kept.get("format") == FORMAT:
            return Manifest(**kept)
    except (OSError, ValueError, TypeError, AttributeError) as no:
        raise Damaged(f"{source} has no manifest that can be read.") from no
    raise Damaged(f"{source} was made in format {kept.get('format')}, this version reads {FORMAT}.")


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def key_prints(data: Path) -> dict[str, str]:
    """Return what tells keys apart without telling them: the beginning of each key's hash."""
    return {name: digest(data / name)[:16] for name in KEY_FILES if (data / name).exists()}


def close_keys(data: Path, passphrase: str) -> bytes:
    """Return the installation's keys, closed under a passphrase."""
    keys = {name: (data / name).read_text() for name in CLOSED_FILES if (data / name).exists()}
    salt = secrets.token_bytes(16)
    token = Fernet(_derived(passphrase, salt)).encrypt(json.dumps(keys).encode())
    return base64.b64encode(salt) + b"\n" + token


def open_keys(closed: bytes, passphrase: str) -> dict[str, str]:
    """Return the keys of an archive. Raise Damaged when the passphrase does not open them."""
    salt, _newline, token = closed.partition(b"\n")
    with suppress(InvalidToken, ValueError):
        opened = Fernet(_derived(passphrase, base64.b64decode(salt))).decrypt(token)
        return {name: text for name, text in json.loads(opened).items() if name in CLOSED_FILES}
    raise Damaged("the passphrase does not open the keys of this archive.")


def _derived(passphrase: str, salt: bytes) -> bytes:
    kdf = Scrypt(salt=salt, length=32, n=2**15, r=8, p=1)
    return base64.urlsafe_b64encode(kdf.derive(passphrase.encode()))
