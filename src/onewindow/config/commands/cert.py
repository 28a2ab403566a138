"""HTTPS without the internet: make the hall's own authority and a certificate for this server, or
sign it anew. `onewindow up --https-port 8443` uses it and renews it by itself."""

import argparse
import re
import socket
from contextlib import suppress

from onewindow.base import clocks
from onewindow.base.halls.models import Organisation
from onewindow.base.halls.text import said
from onewindow.base.vault import certificates
from onewindow.base.vault.certificates import files_of
from onewindow.config.commands import Sorry, say

NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:]+")
ALWAYS = ("localhost", "127.0.0.1")
NOWHERE = ("192.0.2.1", 9)  # an address for examples (RFC 5737): nothing is sent there


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The names and addresses that screens and phones will open."""
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="names or addresses of this server"
    )


def run(args: argparse.Namespace) -> int:
    """Sign, and say what to do next."""
    unfit = [name for name in args.names if not NAME.fullmatch(name)]
    if unfit:
        raise Sorry(f"{unfit[0]!r} is neither a name nor an address.", code=2)
    files = files_of()
    asked = args.names or (certificates.names_of(files) if files.exist else _own_names())
    names = list(dict.fromkeys([*asked, *ALWAYS]))
    organisation = Organisation.objects.first()
    owner = said(organisation.name, "en") if organisation else ""
    try:
        certificates.issue(files, names, owner, clocks.now() - clocks.shift())
    except certificates.NotCovered as no:
        raise Sorry(
            f"the authority of this hall may not sign for {no.name}: it was made for other names."
            f" Move {files.directory} away, run this again, and put the new authority on screens"
            " and phones."
        ) from no
    say(f"Certificate for {', '.join(names)}: good until {certificates.ends(files):%Y-%m-%d}.")
    say(f"Authority, for kiosks and phones: {files.authority}")
    say(f"Its fingerprint (SHA-256): {certificates.fingerprint(files)}")
    say(f"Next: onewindow up --https-port 8443, then open http://{names[0]}:8000/authority/")
    return 0


def _own_names() -> list[str]:
    """What this machine is called, and under which addresses others find it."""
    name = socket.gethostname()
    found = [name, f"{name}.local"] if "." not in name else [name]
    with suppress(OSError):
        found += socket.gethostbyname_ex(name)[2]
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(NOWHERE)
        found.append(probe.getsockname()[0])
    return [one for one in found if NAME.fullmatch(one)]
