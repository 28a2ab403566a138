"""The hall's own authority: a page and a file that put it on kiosks and phones."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from onewindow.accounts.access import public
from onewindow.base.vault import certificates
from onewindow.base.vault.certificates import files_of
from onewindow.base.web.refused import NotFound

FILE_NAME = "onewindow-authority.crt"


@public
def page(request: HttpRequest) -> HttpResponse:
    """How to put it on each kind of device, and the fingerprint to compare."""
    files = files_of()
    if not files.exist:
        raise NotFound
    shown = {"fingerprint": certificates.fingerprint(files), "names": certificates.names_of(files)}
    return render(request, "public/authority.html", shown)


@public
def file(request: HttpRequest) -> HttpResponse:
    """The certificate as phones install it; it is no secret."""
    files = files_of()
    if not files.exist:
        raise NotFound
    content = certificates.for_devices(files)
    response = HttpResponse(content, content_type="application/x-x509-ca-cert")
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response
