"""GET /api/health: for those who watch over the installation. Open to all, so it says no more than it must."""

from collections.abc import Callable

from django.db import Error
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from signoff.core.condition import database_version, pending_migrations, worker_lives
from signoff.core.version import VERSION

OK, BAD = 200, 503
PATH = "/api/health"


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, its schema is the code's and a worker lives; else 503 and which it is."""
    found = _look()
    well = all(word == "ok" for word in found.values())
    status = {"status": "ok" if well else "unwell"}
    return JsonResponse({**status, **found, "version": VERSION}, status=OK if well else BAD)


class HealthMiddleware:
    """Answers before the name of the host is looked at: load balancers ask by address, and no link is made here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return health(request) if request.path_info == PATH else self.get_response(request)


def _look() -> dict[str, str]:
    try:
        database_version()
        schema = "pending" if pending_migrations() else "ok"
        worker = "ok" if schema == "ok" and worker_lives() else "silent"
    except Error:
        return {"database": "unreachable", "migrations": "unknown", "worker": "unknown"}
    return {"database": "ok", "migrations": schema, "worker": worker}
