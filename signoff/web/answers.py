"""What pages answer with beside their markup: verbs that other fragments listen to, toasts, and the way back."""

import json
from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from signoff.audit.verbs import Verb
from signoff.core.errors import SignoffError

R = TypeVar("R", bound=HttpResponse)
OF_WORK = ("stage.", "deliverable.", "project.", "change.", "import.", "round.")


def is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def heard(delay: str = "250ms") -> str:
    """`hx-trigger` for a fragment that shows work: whatever changes any, wherever it was changed."""
    verbs = [verb for verb in Verb.values if verb.startswith(OF_WORK)]
    return ", ".join(f"{name} from:body delay:{delay}" for name in (*verbs, "resync"))


def toast_of(title: str, *, text: str = "", tone: str = "ok", undo: str = "") -> dict[str, str]:
    return {"title": title, "text": text, "tone": tone, "undo": undo}


def refused(error: SignoffError) -> dict[str, str]:
    """A refusal as a toast, for a fragment that is shown anew with it."""
    return toast_of(error.message, tone="error")


def saying(response: R, verb: str = "", toast: Mapping[str, str] | None = None, changed: UUID | None = None) -> R:
    """The same response, with the verb of what was done, what it was done to, and a toast for who did it.

    `acted` goes with every verb: it says that it was this page's own act, for what need not wait for the live stream.
    """
    events: dict[str, object] = {verb: {}, "acted": {}} if verb else {}
    if changed:
        events[f"changed.{changed}"] = {}
    if toast:
        events["toast"] = dict(toast)
    if events:
        response.headers["HX-Trigger"] = json.dumps(events)
    return response


def back(request: HttpRequest, default: str) -> HttpResponse:
    """Where a plain form wanted to return to (`next`), if that is here; else `default`."""
    wanted = request.POST.get("next", "")
    return HttpResponseRedirect(wanted if is_here(wanted) else default)


def is_here(address: str) -> bool:
    """Is this an address of ours, from the root of the site: `/dashboard`, not `//elsewhere` nor `https:elsewhere`?"""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
