"""A page that is older than a switch of organisation, made in another tab, does nothing in the one that is open now.

Forms say the organisation they were made for in a hidden field, scripts in a header; who says nothing is not asked.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.backends.utils import csrf_input_lazy
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.safestring import SafeString

from signoff.accounts.errors import AnotherOrganization, NoMembership
from signoff.accounts.looking import PAGES_ORGANIZATION, check_same
from signoff.web.actor import sight_here
from signoff.web.errors import refusal

FIELD = "page_organization"
SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
FREE = ("sign-out", "organization", "own-sight")  # what a stale page may still do


class SameHouseMiddleware:
    """Refuses a form of another organisation's page; a fragment asked for by one makes it load itself anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        said = _said(request)
        if said and not _is_api(request) and request.path not in map(reverse, FREE):
            try:
                check_same(sight_here(request), said)
            except AnotherOrganization as error:
                return refusal(request, error) if request.method not in SAFE else _anew()
            except NoMembership:
                pass  # the view says so, in words of its own
        return self.get_response(request)


def page_input(request: HttpRequest) -> dict[str, object]:
    """For templates: `csrf_input`, which every form has, with the organisation beside the token."""
    return {"csrf_input": SimpleLazyObject(lambda: _inputs(request))}


def _inputs(request: HttpRequest) -> SafeString:
    sight = getattr(request, "_signoff_sight", None)
    token = csrf_input_lazy(request)
    if sight is None:
        return format_html("{}", token)
    return format_html('{}<input type="hidden" name="{}" value="{}">', token, FIELD, sight.member.organization_id)


def _said(request: HttpRequest) -> str:
    if not request.user.is_authenticated:
        return ""
    in_form = request.POST.get(FIELD, "") if request.method == "POST" and not _is_api(request) else ""
    return in_form or request.headers.get(PAGES_ORGANIZATION, "")


def _is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def _anew() -> HttpResponse:
    return HttpResponse(status=204, headers={"HX-Refresh": "true"})
