"""A hall with a group, and a way to bring a file and let the worker do its part."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook
from pytest_django import Settings

from onewindow.accounts.states import Role
from onewindow.accounts.tests import make
from onewindow.base.halls.models import Hall
from onewindow.catalogue.models import Group
from onewindow.catalogue.tests.make import GroupFactory
from onewindow.lists import tasks
from onewindow.lists.models import Import

AT = "/s/east-lake/lists/"
HEAD = ["Short code", "Name (简体中文)", "Name (English)", "Group"]
Bring = Callable[..., Import]
Rows = Sequence[Sequence[Any]]


@pytest.fixture(autouse=True)
def _files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def group(hall: Hall) -> Group:
    """The group ``residence``."""
    hall.languages = ["zh-Hans", "en"]
    hall.save()
    return GroupFactory.create(hall=hall, code="residence", name={"en": "Residence"})


@pytest.fixture
def administrator(hall: Hall, browser_for: Callable[..., Client]) -> Client:
    """Who sets up the hall."""
    return browser_for(make.person(hall, Role.SYSTEM_ADMINISTRATOR, name="Ad Min"))


def csv(rows: Rows, between: str = ",") -> bytes:
    """Return rows as a CSV."""
    return "\r\n".join(between.join(map(str, row)) for row in rows).encode()


def book(*sheets: tuple[str, Rows]) -> bytes:
    """Return a workbook."""
    made, into = Workbook(), io.BytesIO()
    made.remove(made.worksheets[0])
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    made.save(into)
    return into.getvalue()


@pytest.fixture
def bring(administrator: Client, group: Group) -> Bring:
    """Bring a file as the administrator does; the worker has checked it when this returns."""

    def brought(raw: bytes, kind: str = "services", name: str = "list.csv") -> Import:
        given = {"file": SimpleUploadedFile(name, raw)}
        answer = administrator.post(f"{AT}{kind}/bring", given)
        assert answer.status_code == 302, answer.text
        return worked(Import.objects.latest("pk"))

    return brought


def worked(one: Import) -> Import:
    """Let the worker do what a list waits for."""
    tasks.work.call(one.pk)
    one.refresh_from_db()
    return one


def said(one: Import) -> str:
    """Return what is wrong with a list."""
    return " | ".join(f"{p['row']} {p['column']}: {p['said']}" for p in one.problems)


def written(administrator: Client, one: Import) -> Import:
    """Press *Import*, and let the worker write."""
    assert one.state == "checked", said(one)
    assert administrator.post(f"{AT}import/{one.pk}/write").status_code == 302
    return worked(one)


def undone(administrator: Client, one: Import) -> Import:
    """Press *Undo*, and let the worker put it back."""
    assert administrator.post(f"{AT}import/{one.pk}/undo").status_code == 302
    return worked(one)
