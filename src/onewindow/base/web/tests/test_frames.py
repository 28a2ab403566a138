"""Frames, fields, and the switches of how somebody sees."""

from typing import Any

import pytest
from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path

from onewindow.accounts.access import public
from onewindow.base.halls.models import Hall
from onewindow.base.web import rail
from onewindow.base.web.refused import Refused

STAFF = '{% extends "web/staff.html" %}{% block title %}Page{% endblock %}'


class Sheet(forms.Form):
    """A form with one of each."""

    number = forms.CharField(label="Number", help_text="On your badge.")
    way = forms.ChoiceField(choices=[("a", "Letter")], widget=forms.RadioSelect, required=False)
    sure = forms.BooleanField(label="Sure")


def rendered(source: str, request: HttpRequest | None = None, **given: Any) -> str:
    asked = request or RequestFactory().get("/page/")
    return engines["django"].from_string(source).render(given, asked)


@public
def a_page(request: HttpRequest, hall: str = "") -> HttpResponse:
    if "refuse" in request.GET:
        raise Refused
    return HttpResponse(rendered('{% extends "web/plain.html" %}', request))


urlpatterns = [
    path("page/", a_page, name="page"),
    path("s/<slug:hall>/page/", a_page, name="of_hall"),
    path("live/", include(([path("<slug:hall>/", a_page, name="stream")], "live"))),
]
in_a_site = override_settings(ROOT_URLCONF=__name__)


@pytest.fixture
def offers(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = (
        rail.entry("Desk", "of_hall", "monitor", "serve"),
        rail.entry("Board", "of_hall", "map", "see"),
    )
    monkeypatch.setattr(rail, "offered", lambda: entries)
    monkeypatch.setattr(rail, "places", dict)  # no room has put anything into the frame


@in_a_site
@pytest.mark.parametrize(
    ("wish", "value"), [("language", "zh-hans"), ("type", "large"), ("contrast", "high")]
)
def test_a_link_changes_how_one_sees(client: Client, wish: str, value: str) -> None:
    answer = client.get(f"/page/?{wish}={value}&keep=1")
    assert (answer.status_code, answer["Location"]) == (302, "/page/?keep=1")
    page = client.get("/page/")
    shown = 'lang="zh-Hans"' if wish == "language" else f'data-{wish}="{value}"'
    assert shown in page.content.decode()
    client.get(f"/page/?{wish}=")
    assert shown not in client.get("/page/").content.decode()


@in_a_site
def test_an_unknown_wish_is_not_kept(client: Client) -> None:
    answer = client.get('/page/?theme="><script>')
    assert answer.cookies["ow_theme"].value == ""


@in_a_site
def test_a_switch_leads_to_no_other_host(client: Client) -> None:
    assert client.get("//evil.example/page/?type=large")["Location"].startswith("/")
    assert not client.get("//evil.example/page/?type=large")["Location"].startswith("//")


@in_a_site
def test_a_refusal_is_a_page_or_a_flash(client: Client) -> None:
    page = client.get("/page/?refuse")
    assert page.status_code == 409
    assert "This cannot be done now." in page.content.decode()
    flash = client.get("/page/?refuse", headers={"HX-Request": "true"})
    assert flash["HX-Retarget"] == "#flash"
    assert flash.content.decode().startswith('<div class="flash error"')


@in_a_site
@pytest.mark.usefixtures("offers")
def test_the_rail_shows_what_my_role_does() -> None:
    request = RequestFactory().get("/s/east/page/")
    hall = Hall(slug="east", name={"en": "East"}, accent=270)
    with override_settings(LOGIN_REDIRECT_URL="/"):
        page = rendered(STAFF, request, hall=hall, can=frozenset({"see"}))
    assert "Board" in page
    assert "Desk" not in page
    assert 'aria-current="page"' in page
    assert "hue-270" in page


def test_a_field_has_its_error_beside_it() -> None:
    page = rendered(
        "{% field form.number %}{% field form.way %}{% field form.sure %}", form=Sheet({})
    )
    assert 'aria-describedby="id_number_help id_number_error"' in page
    assert 'id="id_number_error"' in page
    assert page.count('aria-invalid="true"') == 2
    assert "<legend>" in page
    assert "(optional)" in page


def test_a_moment_is_told_in_the_halls_time(hall: Hall) -> None:
    moment = '{% at now %} {% at now "j M" %} {% at nothing %}'
    assert rendered(moment, hall=hall, nothing=None).split() == ["10:00", "8", "Jun"]


@pytest.mark.parametrize("page", ["404.html", "403.html", "403_csrf.html", "500.html", "503.html"])
def test_what_goes_wrong_has_a_page(page: str) -> None:
    assert "<h1>" in rendered('{% include "' + page + '" %}')
