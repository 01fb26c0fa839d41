"""Headers that every answer of Django's has unless a view says something else. See also `csp` and the settings."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

NOT_KEPT = "private, no-store"  # pages and answers hold what only this person may see, and only now
ANSWERS = {
    "Cache-Control": NOT_KEPT,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class ProtectionsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in ANSWERS.items():
            response.headers.setdefault(name, value)
        return response
