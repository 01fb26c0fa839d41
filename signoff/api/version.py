"""One version of the API: its way of speaking, whatever its operations are."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.urls import URLPattern, URLResolver, re_path
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from signoff.api.auth import KeyAuth, SessionAuth
from signoff.api.errors import CONTENT_TYPE, plain_problem, register_errors
from signoff.api.wire import JsonParser, JsonRenderer

View = Callable[..., HttpResponseBase]


class ApiVersion(NinjaAPI):
    """Keys or sessions, JSON, problems as problem+json even where no operation is; OpenAPI 3.1."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            auth=[KeyAuth(), SessionAuth()],
            renderer=JsonRenderer(),
            parser=JsonParser(),
            docs_url=None,
            **kwargs,
        )
        register_errors(self)

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**kwargs)
        for operations in schema["paths"].values():
            for operation in operations.values():
                _name_problems(operation.setdefault("responses", {}))
        return schema

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        urls = super()._get_urls()
        for url in urls:
            if isinstance(url, URLPattern):
                url.callback = _with_problems(url.callback)
        return [*urls, re_path(r"^.*$", _nothing_here)]


def _name_problems(responses: dict[Any, Any]) -> None:
    """Every operation can refuse, and says so in one form."""
    problem = {"description": "Refused", "content": {CONTENT_TYPE: {"schema": {"type": "object"}}}}
    responses.setdefault("default", problem)


def _with_problems(view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            return plain_problem(404)
        if isinstance(response, HttpResponseNotAllowed):
            return plain_problem(405, headers={"Allow": response["Allow"]})
        return response

    return answer


def _nothing_here(request: HttpRequest) -> HttpResponseBase:
    return plain_problem(404, "There is nothing at this address.")


_nothing_here.csrf_exempt = True  # type: ignore[attr-defined]
