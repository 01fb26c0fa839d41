"""What every settings page has: who may open it, the list beside it, errors at their field, a word when it is done."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from itertools import groupby
from typing import Any, Concatenate, NamedTuple, ParamSpec

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from signoff.accounts.policy import Permission, holds, require_held
from signoff.core.errors import Conflict, Invalid, NotAllowed
from signoff.web.actor import actor_of, signed_in
from signoff.web.render import render

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class Entry(NamedTuple):
    """A line of the settings' own navigation; `name` is its URL's."""

    group: str | Promise
    name: str
    word: str | Promise
    permission: Permission


WORK, PEOPLE, CONNECTIONS = gettext_lazy("Work"), gettext_lazy("People"), gettext_lazy("Connections")
ENTRIES = (
    Entry(WORK, "settings-pipelines", gettext_lazy("Pipelines"), Permission.EDIT_PIPELINES),
    Entry(WORK, "settings-stages", gettext_lazy("Stage library"), Permission.EDIT_PIPELINES),
    Entry(WORK, "settings-fields", gettext_lazy("Custom fields"), Permission.EDIT_PIPELINES),
    Entry(WORK, "settings-import-mapping", gettext_lazy("Import mapping"), Permission.IMPORT_SHEET),
    Entry(WORK, "settings-branding", gettext_lazy("Vocabulary and branding"), Permission.MANAGE_ORGANIZATION),
    Entry(PEOPLE, "settings-people", gettext_lazy("People"), Permission.MANAGE_PEOPLE),
    Entry(PEOPLE, "settings-teams", "", Permission.MANAGE_PEOPLE),  # the house's word for client teams
    Entry(PEOPLE, "settings-organization", gettext_lazy("Organisation"), Permission.MANAGE_ORGANIZATION),
    Entry(PEOPLE, "settings-access", gettext_lazy("Access"), Permission.MANAGE_ORGANIZATION),
    Entry(PEOPLE, "settings-audit", gettext_lazy("Audit"), Permission.READ_AUDIT),
    Entry(CONNECTIONS, "settings-keys", gettext_lazy("API keys"), Permission.MANAGE_KEYS),
)


def open_to(permission: Permission) -> Callable[[View[P]], View[P]]:
    """Signed in, and with this permission; else the page says so in words."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def only_with_permission(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not holds(actor_of(request), permission):
                raise NotAllowed(_("This part of the settings is not open to your role. Ask an admin if you need it."))
            return view(request, *args, **kwargs)

        return signed_in(only_with_permission)

    return decorate


@signed_in
def settings(request: HttpRequest) -> HttpResponseBase:
    """The first page that is open to this person."""
    mine = entries_of(request)
    if not mine:
        require_held(actor_of(request), Permission.EDIT_PIPELINES)
    return redirect(mine[0].name)


def entries_of(request: HttpRequest) -> list[Entry]:
    actor = actor_of(request)
    return [entry for entry in ENTRIES if holds(actor, entry.permission)]


def page(
    request: HttpRequest, template: str, now: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A settings page, not kept by browsers: some show a secret. `now` is the entry it belongs to."""
    groups = [(head, list(entries)) for head, entries in groupby(entries_of(request), lambda entry: str(entry.group))]
    shown = {"settings_groups": groups, "settings_now": now, "said": said(request)}
    response = render(request, f"settings/{template}.html", {**shown, **context}, status=status)
    add_never_cache_headers(response)
    return response


@contextmanager
def refusals_in(form: forms.Form) -> Iterator[None]:
    """A refusal that the person can mend becomes an error of the form, at its field when it names one."""
    try:
        yield
    except (Invalid, Conflict) as refusal:
        field = str(refusal.detail.get("field", ""))
        form.add_error(field if field in form.fields else None, refusal.message)


def done(request: HttpRequest, title: str, to: str, *args: object, undo: str = "") -> HttpResponseBase:
    """On to the page named `to`, where a toast says what was done; `undo` is an address to POST to."""
    messages.success(request, title, extra_tags=undo)
    address = reverse(to, args=args)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def refused(request: HttpRequest, refusal: Invalid | Conflict, to: str, *args: object) -> HttpResponseBase:
    """Back to the page named `to`, where a toast says why not: for buttons, which have no field."""
    messages.error(request, refusal.message)
    return redirect(reverse(to, args=args))


def said(request: HttpRequest) -> list[dict[str, str]]:
    """What is still to be said to this person, as toasts."""
    return [
        {
            "title": str(message),
            "tone": "error" if message.level >= messages.ERROR else "ok",
            "undo": message.extra_tags or "",
        }
        for message in messages.get_messages(request)
    ]
