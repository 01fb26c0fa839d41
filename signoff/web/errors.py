"""Refusals as people see them: one table from family to status, a toast for a fragment, a page for a page."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from signoff.core.errors import Conflict, Invalid, NotAllowed, NotFound, SignoffError, TooMany, Unavailable
from signoff.web.csp import policy_of_bare_page
from signoff.web.render import render

BARE_STYLE = (
    "body{max-width:34rem;margin:18vh auto;padding:0 1.5rem;font:15px/1.5 system-ui,sans-serif;"
    "color:#1a1a1e;background:#f6f6f7}h1{font-size:1.375rem;margin:0 0 .5rem}a{color:#2448ba}"
)
STATUSES: tuple[tuple[type[SignoffError], int], ...] = (
    (NotAllowed, 403),
    (NotFound, 404),
    (Conflict, 409),
    (Invalid, 422),
    (TooMany, 429),
    (Unavailable, 503),
)


def status_of(error: SignoffError) -> int:
    return next((status for family, status in STATUSES if isinstance(error, family)), 400)


class RefusalMiddleware:
    """A refusal that no view has caught becomes words with its status. API calls answer for themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, SignoffError):
            return None
        return refusal(request, error)


def refusal(request: HttpRequest, error: SignoffError) -> HttpResponse:
    """The answer to a refused request: a toast where htmx asked, else a page that says what happened."""
    status = status_of(error)
    if request.headers.get("HX-Request") == "true":
        response = refusal_toast(request, error.message, status)
    else:
        response = trouble(request, status, str(TITLES.get(status, _("That did not work"))), error.message)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.wait)
    return response


def refusal_toast(request: HttpRequest, message: str, status: int) -> HttpResponse:
    toast = {"title": message, "text": "", "tone": "error"}
    response = render(request, "_toast.html", {"toast": toast}, status=status)
    response.headers["HX-Retarget"] = "#toasts"
    response.headers["HX-Reswap"] = "beforeend"
    return response


# Without the frame: its links would begin with what the request says we are.
UNKNOWN_HOST = (
    "Signoff does not answer under this name.\n"
    "Whoever runs it names it in SIGNOFF_PUBLIC_URL or SIGNOFF_ALLOWED_HOSTS.\n"
)
TITLES = {
    403: gettext_lazy("This is not open to you"),
    404: gettext_lazy("Nothing is here"),
    409: gettext_lazy("Somebody was faster"),
    422: gettext_lazy("That cannot be"),
    429: gettext_lazy("Not so fast"),
    503: gettext_lazy("Not available right now"),
}


def trouble(
    request: HttpRequest, status: int, title: str, message: str, kept: str = "", way: tuple[str, str] | None = None
) -> HttpResponse:
    """A whole page that says what happened and what was kept; `way` is the address and the word of what mends it."""
    context = {"status": status, "trouble_title": title, "message": message, "kept": kept, "way": way}
    return render(request, "error.html", context, status=status)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return trouble(
        request,
        404,
        str(TITLES[404]),
        _("The address is wrong, the thing was removed, or it is not shared with you."),
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return trouble(request, 403, str(TITLES[403]), str(exception) or _("Ask an admin if you need it."))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, DisallowedHost):
        return HttpResponse(UNKNOWN_HOST, status=400, content_type="text/plain; charset=utf-8")
    return trouble(request, 400, _("The request was malformed"), _("Go back, reload the page and try again."))


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """For the limits that allauth counts itself; a minute is the longest of them."""
    return refusal(request, TooMany(_("Too many tries. Wait a minute, then try again."), wait=60))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return trouble(
        request,
        403,
        _("This page was open too long"),
        _("Your browser did not send the page's security token. Go back, reload the page and send it again."),
        kept=_("Nothing was changed."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Without frame and database: either may be what is broken."""
    context = {"home": f"{settings.BASE_PATH}/", "style": BARE_STYLE}
    response = render(request, "server_error.html", context, status=500)
    response.headers["Content-Security-Policy"] = policy_of_bare_page(BARE_STYLE)
    return response
