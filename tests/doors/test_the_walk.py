"""The walk over the doors can fail: a view that asks nobody, and one that no table knows, are both found."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, clear_url_caches, path

from signoff.projects.models import Project
from signoff.web import urls as site
from tests.doors.tables import GETS, column_of
from tests.doors.walking import pages_asked
from tests.doors.world import ASKING, World

OPEN = "left-open"


def left_open(request: HttpRequest, project_id: UUID) -> JsonResponse:
    """What must never be: no sign-in, no visible_to."""
    return JsonResponse({"name": Project.objects.get(pk=project_id).name})


@pytest.fixture
def with_open_view(world: World) -> Iterator[World]:
    """The site map with one view more, for as long as the test lasts."""
    mounted: URLPattern = path("left-open/<uuid:project_id>", left_open, name=OPEN)
    site.urlpatterns.append(mounted)
    clear_url_caches()
    yield world
    site.urlpatterns.remove(mounted)
    clear_url_caches()


@pytest.mark.parametrize("who", ASKING)
def test_a_view_that_asks_nobody_is_found(with_open_view: World, who: str) -> None:
    """Its line says what the pages of a project say; whoever must not see it is named, and nobody else is."""
    expected = column_of(GETS, who) | {OPEN: column_of(GETS, who)["project"]}
    found = pages_asked(with_open_view, who, "get")
    wrong = {name: (found[name], expected[name]) for name in found if found[name] != expected[name]}
    assert wrong == {"nobody": {OPEN: (200, 302)}, "stranger": {OPEN: (200, 404)}, "nils": {OPEN: (200, 404)}}.get(
        who, {}
    )


def test_a_view_without_a_line_is_found(with_open_view: World) -> None:
    found = pages_asked(with_open_view, "nobody", "get")
    assert set(found) - set(column_of(GETS, "nobody")) == {OPEN}
