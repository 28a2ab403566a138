"""The pages where an administrator sets up webhooks and sees what became of each delivery."""

import json

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts.access import Can, needs
from onewindow.accounts.requests import Entered
from onewindow.base.web.once import once
from onewindow.hooks import actions, queries
from onewindow.hooks.events import EVENTS
from onewindow.hooks.events import words as event_words
from onewindow.hooks.forms import ChangeForm, HookForm, LogFilter

A_PAGE = 50


@needs(Can.HOOKS)
@require_GET
def hooks(request: Entered) -> HttpResponse:
    """List the hooks."""
    rows = [(hook, _some_words(hook.events)) for hook in queries.hooks(request.hall)]
    return render(request, "hooks/hooks.html", {"hooks": rows})


@needs(Can.HOOKS)
@once
def new(request: Entered) -> HttpResponse:
    """Make a hook. Its secret is shown once, on the next page."""
    form = HookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        hook, secret = actions.make_hook(hall=request.hall, by=request.by, **form.cleaned_data)
        request.session["hook_secret"] = [hook.pk, secret]
        return redirect("hooks:hook", request.hall.slug, hook.pk)
    return render(request, "hooks/new.html", {"form": form}, status=_status(form))


@needs(Can.HOOKS)
@once
def hook(request: Entered, number: int) -> HttpResponse:
    """Show a hook and change it."""
    found = queries.hook_of(request.hall, number)
    form = ChangeForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.change_hook(hook=found, by=request.by, **form.cleaned_data)
        messages.success(request, _("Changed."))
        return redirect("hooks:hook", request.hall.slug, found.pk)
    kept, secret = request.session.get("hook_secret") or (0, "")
    if kept == found.pk:
        del request.session["hook_secret"]
    context = {
        "hook": found,
        "form": form,
        "secret": secret if kept == found.pk else "",
        "last": queries.log(request.hall, hook=found.pk)[:5],
    }
    return render(request, "hooks/hook.html", context, status=_status(form))


@needs(Can.HOOKS)
@once
@require_POST
def secret(request: Entered, number: int) -> HttpResponse:
    """Give a hook another secret."""
    found = queries.hook_of(request.hall, number)
    text = actions.new_secret(hook=found, by=request.by)
    request.session["hook_secret"] = [found.pk, text]
    return redirect("hooks:hook", request.hall.slug, found.pk)


@needs(Can.HOOKS)
@once
@require_POST
def test(request: Entered, number: int) -> HttpResponse:
    """Send a hook a test."""
    found = queries.hook_of(request.hall, number)
    sent = actions.send_test(hook=found, by=request.by)
    return redirect("hooks:delivery", request.hall.slug, sent.pk)


@needs(Can.HOOKS)
@require_GET
def log(request: Entered) -> HttpResponse:
    """List what was told or is to be."""
    form = LogFilter(list(queries.hooks(request.hall)), request.GET)
    rows = queries.log(request.hall, **form.wanted())
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "rows": [(row, event_words(row.event)) for row in page],
        "asked": asked.urlencode(),
    }
    return render(request, "hooks/log.html", context)


@needs(Can.HOOKS)
@require_GET
def delivery(request: Entered, number: int) -> HttpResponse:
    """Show one delivery: what was said, and what was answered."""
    found = queries.delivery_of(request.hall, number)
    body = json.dumps(json.loads(found.body), ensure_ascii=False, indent=2)
    context = {"delivery": found, "words": event_words(found.event), "body": body}
    page = "_delivery" if request.headers.get("HX-Request") else "delivery"
    return render(request, f"hooks/{page}.html", context)


@needs(Can.HOOKS)
@once
@require_POST
def again(request: Entered, number: int) -> HttpResponse:
    """Send the same once more."""
    found = queries.delivery_of(request.hall, number)
    sent = actions.send_again(delivery=found, by=request.by)
    messages.success(request, _("It is sent again, as delivery {number}.").format(number=sent.pk))
    return redirect("hooks:delivery", request.hall.slug, sent.pk)


def _some_words(kinds: list[str]) -> str:
    """Say what a hook is told, in the order of the table."""
    return _(", ").join(str(event_words(kind)) for kind in EVENTS if kind in kinds)


def _status(form: Form) -> int:
    return 422 if form.is_bound else 200
