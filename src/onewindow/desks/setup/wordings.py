"""The hall's own words for messages to visitors, and the messages that have not gone out."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts.access import Can, needs
from onewindow.accounts.requests import Entered
from onewindow.base.halls.models import Hall
from onewindow.base.halls.texts import own_name
from onewindow.base.notify import queries
from onewindow.base.notify.actions import try_again
from onewindow.base.notify.channels import is_set_up
from onewindow.base.notify.models import Wording
from onewindow.base.notify.states import Channel
from onewindow.base.notify.wording import Said, Template, check, template_named, templates
from onewindow.base.trail.models import Entry
from onewindow.base.web.once import once
from onewindow.base.web.refused import NotFound, Refused
from onewindow.base.web.rowform import RowForm
from onewindow.desks.setup.sheets import Column, Sheet

A_PAGE = 50


class Read(NamedTuple):
    """A message in one language: our words with their gaps, and what a visitor reads."""

    language: str
    called: str
    ours: Said
    seen: Said


class WordingForm(RowForm):
    """The hall's words for a message; what is left empty reads as ours."""

    long = ("body",)

    class Meta:
        model = Wording
        fields = ("title", "body")
        labels = {"title": _("Heading of the message"), "body": _("Text")}
        help_texts = {
            "title": _("A language left empty reads as our words."),
            "body": _("Short: a text message is paid by its length."),
        }

    @property
    def template(self) -> Template:
        """The message as we word it."""
        found = template_named(self.instance.template)
        if found is None:
            raise NotFound
        return found

    @property
    def read(self) -> list[Read]:
        """The message in the languages of the hall, as it holds now."""
        now = queries.wordings(self.hall).get(self.template.name) or Wording()
        return [
            Read(one, own_name(one), self.template.ours(one), self.template.sampled(now, one))
            for one in self.hall.languages or [self.hall.language]
        ]

    def clean_title(self) -> Any:
        """Say which gap of the heading is not known."""
        return self._checked("title")

    def clean_body(self) -> Any:
        """Say which gap of the text is not known."""
        return self._checked("body")

    def _checked(self, name: str) -> Any:
        texts = self.cleaned_data[name]
        for language, words in texts.items():
            try:
                check(words, self.template)
            except Refused as no:
                raise ValidationError(f"{own_name(language)}: {no}") from no
        return texts


class _Wordings(Sheet):
    """The messages that are registered, each with the hall's words for it."""

    def row(self, hall: Hall, key: str) -> Any:
        if template_named(key) is None:
            raise NotFound
        return queries.wordings(hall).get(key) or Wording(hall=hall, template=key)

    def key(self, row: Any) -> str:
        return str(row.template)

    def named(self, row: Any) -> str:
        found = template_named(row.template)
        return str(found.called) if found else ""

    def found(self, hall: Hall, asked: Mapping[str, str]) -> Any:
        own = queries.wordings(hall)
        return [
            SimpleNamespace(
                template=one.name,
                called=one.called,
                when=one.when,
                whose=_("the hall's")
                if one.name in own and own[one.name].is_own
                else _("as we put it"),
            )
            for one in templates()
        ]

    def history(self, hall: Hall, row: Any) -> QuerySet[Entry]:
        return super().history(hall, row) if row.pk else Entry.objects.none()

    def count(self, hall: Hall) -> int | None:
        return None


WORDINGS = _Wordings(
    name="messages",
    title=_("Messages to visitors"),
    one="",
    icon="message-square-text",
    form=WordingForm,
    rows=lambda hall: hall.wordings.all(),
    blank=lambda hall: Wording(hall=hall),
    columns=(
        Column(_("Message"), "called", "name"),
        Column(_("When it goes out"), "when"),
        Column(_("Whose words"), "whose"),
    ),
    archive=None,
    makes=False,
    layout="desks/setup/_wording.html",
    beside="desks:setup_unsent",
    about=_("What visitors are sent about their appointments, in the hall's own words."),
)


@needs(Can.SET_UP)
@require_GET
def unsent(request: Entered) -> HttpResponse:
    """List the messages that wait or could not be sent, and say which ways out are there."""
    found = queries.waiting(request.hall)
    shown = {
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "ways": [(one, is_set_up(one)) for one in (Channel.GATEWAY, Channel.EMAIL)],
        "called": {one.name: one.called for one in templates()},
    }
    return render(request, "desks/setup/unsent.html", shown)


@needs(Can.SET_UP)
@once
@require_POST
def send_again(request: Entered, message: int) -> HttpResponse:
    """Try a message once more that was given up. POST."""
    found = queries.message_of(request.hall, message)
    if try_again(message=found, by=request.by):
        messages.success(request, gettext("It is tried again."))
    return redirect("desks:setup_unsent", request.hall.slug)
