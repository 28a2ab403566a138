"""The hall's own certificate authority: HTTPS on a network that the internet does not reach.

The authority's certificate is put once on kiosks and phones; it signs the server's, which is
short-lived and renewed without anybody's doing. Should its key ever be stolen, it is worth little:
it can sign only for private addresses, for names that exist in no public directory, and for the
names it was made with (RFC 5280, 4.2.1.10).
"""

import ipaddress
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings

AUTHORITY_LIVES = timedelta(days=3650)
SERVER_LIVES = timedelta(days=395)  # phones refuse longer ones
RENEWED_BEFORE = timedelta(days=30)
EARLIER = timedelta(days=2)  # a kiosk's clock may be slow
PRIVATE = (
    *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16"),
    *("fc00::/7", "fe80::/10", "::1/128"),
)
INNER_NAMES = ("localhost", "local", "lan", "internal", "intranet", "home.arpa", "test")

Key = ec.EllipticCurvePrivateKey
_Address = (ipaddress.IPv4Address, ipaddress.IPv6Address)


@dataclass(frozen=True)
class Files:
    """Where the certificates of an installation lie."""

    directory: Path

    @property
    def authority(self) -> Path:
        """What is put on kiosks and phones; no secret."""
        return self.directory / "authority.crt"

    @property
    def authority_key(self) -> Path:
        return self.directory / "authority.key"

    @property
    def server(self) -> Path:
        """The server's certificate and, after it, the authority's."""
        return self.directory / "server.crt"

    @property
    def server_key(self) -> Path:
        return self.directory / "server.key"

    @property
    def exist(self) -> bool:
        return self.server.exists() and self.server_key.exists()


def files_of() -> Files:
    """Return where this installation keeps its certificates."""
    return Files(Path(settings.DATA) / "tls")


class NotCovered(ValueError):
    """The authority was made for other names."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def issue(files: Files, names: Sequence[str], owner: str, now: datetime) -> None:
    """Sign a certificate for the server's names and addresses; make the authority where none is.

    Raise NotCovered for a name that an existing authority may not sign for.
    """
    files.directory.mkdir(mode=0o750, parents=True, exist_ok=True)
    if not files.authority_key.exists():
        _make_authority(files, names, owner, now)
    authority = x509.load_pem_x509_certificate(files.authority.read_bytes())
    limits = _limits_of(authority)
    for name in names:
        if not _permitted(name, limits):
            raise NotCovered(name)
    key = _new_key()
    signed = _server_certificate(authority, _read_key(files.authority_key), key, names, now)
    _write(files.server_key, _pem(key), 0o600)
    _write(files.server, _pem_of(signed) + _pem_of(authority), 0o644)


def renew(files: Files, now: datetime) -> bool:
    """Sign anew for the same names when the certificate soon ends; say whether it was done."""
    if not files.exist or not files.authority_key.exists():
        return False
    if ends(files) - now > RENEWED_BEFORE:
        return False
    issue(files, names_of(files), "", now)
    return True


def ends(files: Files) -> datetime:
    """Return until when the server's certificate is good."""
    return _server(files).not_valid_after_utc


def names_of(files: Files) -> list[str]:
    """Return the names and addresses that the server's certificate is for."""
    found = _server(files).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    addresses = [str(one) for one in found.get_values_for_type(x509.IPAddress)]
    return [*found.get_values_for_type(x509.DNSName), *addresses]


def fingerprint(files: Files) -> str:
    """Return the SHA-256 of the authority's certificate as people compare it: pairs of digits."""
    digest = x509.load_pem_x509_certificate(files.authority.read_bytes()).fingerprint(
        hashes.SHA256()
    )
    return digest.hex(":").upper()


def for_devices(files: Files) -> bytes:
    """Return the authority's certificate in the form that phones install (DER)."""
    found = x509.load_pem_x509_certificate(files.authority.read_bytes())
    return found.public_bytes(serialization.Encoding.DER)


def _server(files: Files) -> x509.Certificate:
    return x509.load_pem_x509_certificate(files.server.read_bytes())


def _make_authority(files: Files, names: Iterable[str], owner: str, now: datetime) -> None:
    key = _new_key()
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, owner[:64] or "OneWindow"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"OneWindow {now:%Y-%m-%d}"),
        ]
    )
    certificate = (
        _begun(subject, subject, key.public_key(), now, AUTHORITY_LIVES)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(_limits(names), critical=True)
        .sign(key, hashes.SHA256())
    )
    _write(files.authority_key, _pem(key), 0o600)
    _write(files.authority, _pem_of(certificate), 0o644)


def _server_certificate(
    authority: x509.Certificate, signer: Key, key: Key, names: Sequence[str], now: datetime
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])])
    alternatives = x509.SubjectAlternativeName([_general(name) for name in names])
    issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    return (
        _begun(subject, authority.subject, key.public_key(), now, SERVER_LIVES)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(alternatives, critical=False)
        .add_extension(issuer_key, critical=False)
        .sign(signer, hashes.SHA256())
    )


def _begun(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    now: datetime,
    lives: timedelta,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before((now - EARLIER).astimezone(UTC))
        .not_valid_after((now - EARLIER + lives).astimezone(UTC))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        key_cert_sign=signs,
        crl_sign=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _limits(names: Iterable[str]) -> x509.NameConstraints:
    """What the authority may sign for: what is private, and the names it was made with."""
    limits: list[x509.GeneralName] = [x509.DNSName(name) for name in INNER_NAMES]
    limits += [x509.IPAddress(ipaddress.ip_network(one)) for one in PRIVATE]
    limits += [_general(name, network=True) for name in names if not _permitted(name, limits)]
    return x509.NameConstraints(permitted_subtrees=limits, excluded_subtrees=None)


def _limits_of(authority: x509.Certificate) -> list[x509.GeneralName]:
    found = authority.extensions.get_extension_for_class(x509.NameConstraints).value
    return list(found.permitted_subtrees or [])


def _permitted(name: str, limits: Iterable[x509.GeneralName]) -> bool:
    address = _address(name)
    if address is None:
        parents = [one.value for one in limits if isinstance(one, x509.DNSName)]
        return any(name == parent or name.endswith(f".{parent}") for parent in parents)
    networks = [one.value for one in limits if isinstance(one, x509.IPAddress)]
    return any(address in network for network in networks if not isinstance(network, _Address))


def _general(name: str, *, network: bool = False) -> x509.GeneralName:
    address = _address(name)
    if address is None:
        return x509.DNSName(name)
    return x509.IPAddress(ipaddress.ip_network(address) if network else address)


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None


def _new_key() -> Key:
    return ec.generate_private_key(ec.SECP256R1())


def _read_key(path: Path) -> Key:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{path} is no elliptic-curve key")
    return key


def _pem(key: Key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _pem_of(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _write(path: Path, content: bytes, mode: int) -> None:
    """Put a file in its place whole: a server that starts just now reads the old or the new."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    draft.replace(path)
