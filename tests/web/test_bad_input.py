"""What no form of ours sends: each is refused or passed over, and none breaks a page."""

from collections.abc import Callable

import pytest
from django.test import Client

from signoff.accounts.models import SavedView
from signoff.deliverables.models import Deliverable
from signoff.projects.models import Project
from signoff.sheets.actions import preview_import
from tests.cast import Cast

SHEET = b"Job number,Project,Deliverable\n20418,First light,Banner\n"


@pytest.mark.parametrize("said", [{"actor": "x"}, {"user": "x"}, {"self": "x"}, {"theme": "\x00"}, {}])
def test_preferences_that_there_are_not_are_refused(browser_of: Callable[[str], Client], said: dict[str, str]) -> None:
    assert browser_of("art").post("/preferences", said).status_code == 422


@pytest.mark.parametrize("most", ["²", "9" * 5000, "-1", "\x00"])
def test_a_wild_number_of_rows_shows_the_first_ones(cast: Cast, browser_of: Callable[[str], Client], most: str) -> None:
    pat = cast.actor("pat")
    batch = preview_import(actor=pat, organization=cast.organization, file_name="a.csv", content=SHEET)
    assert browser_of("pat").get(f"/imports/{batch.pk}", {"most": most}).status_code == 200


@pytest.mark.parametrize("value", ["0" * 20 + "9" * 20, "9" * 5000, "²", "1000", "-1"])
def test_a_wild_number_of_rounds_is_refused_at_its_field(
    key_visual: Deliverable, browser_of: Callable[[str], Client], value: str
) -> None:
    answer = browser_of("pat").post(f"/deliverables/{key_visual.pk}/facts/rounds_included", {"value": value})
    assert answer.status_code == 422


@pytest.mark.parametrize("name", ["q", "status", "team", "owner", "sort", "page", "late"])
def test_a_filter_that_cannot_be_filters_the_list_without_breaking_it(
    browser_of: Callable[[str], Client], name: str
) -> None:
    assert browser_of("pat").get("/projects", {name: "\x00"}).status_code == 200


@pytest.mark.parametrize(
    "wanted",
    [
        "nothing",
        "[]",
        "9",
        "dashboard",
        "a\x00b",
        "//evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "\\\\evil.example",
        "/\\evil.example",
    ],
)
def test_nobody_is_sent_anywhere_else(browser_of: Callable[[str], Client], wanted: str) -> None:
    answer = browser_of("pat").post("/views", {"name": "Late", "page": "projects", "query": "late=1", "next": wanted})
    assert (answer.status_code, answer["Location"]) == (302, "/projects?late=1")


def test_a_view_of_a_project_that_one_does_not_see_is_not_there(
    browser_of: Callable[[str], Client], first_light: Project
) -> None:
    said = {"name": "Late", "page": "grid", "query": "late=1", "project": str(first_light.pk)}
    assert browser_of("stranger").post("/views", said).status_code == 404
    assert SavedView.objects.count() == 0


@pytest.mark.parametrize("address", ["/dashboard", "/projects", "/inbox"])
def test_a_page_answers_head_as_get_without_its_body(browser_of: Callable[[str], Client], address: str) -> None:
    answer = browser_of("pat").head(address)
    assert (answer.status_code, answer.content) == (200, b"")
