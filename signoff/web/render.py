"""Every page and fragment goes out through `render`, which adds what the frame around them needs."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from signoff.web.frame import Frame


def render(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """`frame` asks the database only for what a template uses of it, so a fragment costs nothing."""
    frame = Frame(request)
    everywhere = {"frame": frame, "vocabulary": frame.vocabulary, "can": frame.can}
    return HttpResponse(get_template(template).render({**everywhere, **(context or {})}, request), status=status)
