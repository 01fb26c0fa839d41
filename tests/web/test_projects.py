"""A project's pages: who sees them, what they offer, and that they ask no more with more rows."""

import json
import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from signoff.deliverables.models import Deliverable, StageStatus
from signoff.projects.models import CustomField, Project
from tests import factories
from tests.cast import Cast

Browsers = Callable[[str], Client]
PAGES = ["", "/board", "/activity", "/settings"]


def address(project: Project, page: str = "") -> str:
    return f"/projects/{project.pk}{page}"


def props_of(html: str) -> dict[str, object]:
    found = re.search(r'data-island="deliverables/grid"[^>]*><script[^>]*>(.*?)</script>', html, re.S)
    assert found
    props: dict[str, object] = json.loads(found[1])
    return props


def settings_of(project: Project, **changes: object) -> dict[str, object]:
    """What the form of the settings sends."""
    said: dict[str, object] = {
        "name": project.name,
        "job_number": project.job_number,
        "slug": project.slug,
        "client_team": project.client_team_id or "",
        "owner": project.owner_id or "",
        "pipeline": project.pipeline_id or "",
        "status": project.status,
        "tags": "",
        "brief": "",
    }
    return said | changes


@pytest.mark.parametrize("page", PAGES)
def test_a_project_elsewhere_is_not_there(browser_of: Browsers, first_light: Project, page: str) -> None:
    assert browser_of("stranger").get(address(first_light, page)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_a_project_of_another_client_team_is_not_there(browser_of: Browsers, first_light: Project, page: str) -> None:
    assert browser_of("nils").get(address(first_light, page)).status_code == 404


def test_pages_open_for_who_may_and_settings_for_who_edits(browser_of: Browsers, first_light: Project) -> None:
    found = {
        who: [browser_of(who).get(address(first_light, page)).status_code for page in PAGES]
        for who in ("ada", "pat", "art", "rev", "mia")
    }
    assert found == {
        "ada": [200, 200, 200, 200],
        "pat": [200, 200, 200, 200],
        "art": [200, 200, 200, 403],
        "rev": [200, 200, 200, 403],
        "mia": [200, 200, 200, 403],
    }


def test_the_grid_knows_what_each_may(browser_of: Browsers, first_light: Project) -> None:
    may = {
        who: props_of(browser_of(who).get(address(first_light)).content.decode())["may"]
        for who in ("pat", "art", "mia")
    }
    on = {who: sorted(name for name, is_on in of.items() if is_on) for who, of in may.items()}  # type: ignore[attr-defined]
    assert on == {
        "pat": ["approve", "approveNamed", "edit", "import", "save", "share", "work"],
        "art": ["save", "work"],
        "mia": ["approveNamed", "save"],
    }


def test_a_name_with_markup_stays_text(browser_of: Browsers, first_light: Project) -> None:
    nasty = "</script><script>alert(1)</script>"
    Project.objects.filter(pk=first_light.pk).update(name=nasty)
    factories.deliverable(first_light, nasty)
    pages = [browser_of("pat").get(address(first_light, page)).content.decode() for page in PAGES]
    assert [nasty in page for page in pages] == [False] * 4


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_as_often_with_three_rows_as_with_one(
    browser_of: Browsers, cast: Cast, first_light: Project, page: str
) -> None:
    pat = browser_of("pat")
    factories.deliverable(first_light, "One", assignee=cast.art)
    pat.get(address(first_light, page))
    with CaptureQueriesContext(
        connection,
    ) as one:
        pat.get(address(first_light, page))
    for name in ("Two", "Three"):
        row = factories.deliverable(first_light, name, assignee=cast.rev)
        row.stages.update(assignee=cast.mia)
        CustomField.objects.create(organization=cast.organization, subject="deliverable", key=name, name=name)
    with CaptureQueriesContext(connection) as three:
        pat.get(address(first_light, page))
    assert len(three) == len(one)


def test_the_board_has_a_card_in_the_column_of_its_status(browser_of: Browsers, key_visual: Deliverable) -> None:
    factories.stage(key_visual, "Design").deliverable.stages.filter(definition__name="Design").update(
        status=StageStatus.IN_PROGRESS
    )
    Deliverable.objects.filter(pk=key_visual.pk).update(status="in_progress")
    html = browser_of("pat").get(address(key_visual.project, "/board")).content.decode()
    columns = dict(re.findall(r'data-column="(\w+)">(.*?)</section>', html, re.S))
    assert [name for name, cards in columns.items() if str(key_visual.pk) in cards] == ["in_progress"]


def test_a_card_offers_the_moves_that_are_legal_and_says_why_not_the_others(
    browser_of: Browsers, key_visual: Deliverable
) -> None:
    html = browser_of("pat").get(address(key_visual.project, "/board")).content.decode()
    card = re.search(rf'data-id="{key_visual.pk}".*?data-moves="(.*?)" data-refused="(.*?)"', html, re.S)
    assert card
    moves, refused = (json.loads(said.replace("&#34;", '"')) for said in card.groups())
    assert moves == {"in_progress": "status", "in_review": "status"}
    assert refused == {
        "changes_requested": "not from where it is",
        "approved": "other stages are still open",
        "delivered": "once it is approved",
    }


def test_who_may_not_move_gets_no_moves(browser_of: Browsers, key_visual: Deliverable) -> None:
    html = browser_of("mia").get(address(key_visual.project, "/board")).content.decode()
    assert re.findall(r'data-moves="(.*?)"', html) == ["{}"]


def test_the_board_shows_the_next_cards_of_a_column(browser_of: Browsers, first_light: Project) -> None:
    for number in range(52):
        factories.deliverable(first_light, f"Banner {number:02d}")
    pat = browser_of("pat")
    first = pat.get(address(first_light, "/board")).content.decode()
    more = re.search(r'hx-get="([^"]*column=not_started[^"]*)"', first)
    assert more
    rest = pat.get(more[1].replace("&amp;", "&"), headers={"HX-Request": "true"}).content.decode()
    assert (first.count("<article"), rest.count("<article"), "hx-get" in rest) == (50, 2, False)


@pytest.mark.parametrize(
    "query", ["q=%00", "after=x&column=approved", "column=nothing", "late=maybe", "q=" + "a" * 5000]
)
def test_the_board_bears_nonsense_in_its_address(browser_of: Browsers, first_light: Project, query: str) -> None:
    got = browser_of("pat").get(address(first_light, f"/board?{query}"), headers={"HX-Request": "true"})
    assert got.status_code == 200


@pytest.mark.parametrize("query", ["before=x", "kind=nonsense", f"before={'0' * 32}"])
def test_the_diary_bears_nonsense_in_its_address(browser_of: Browsers, first_light: Project, query: str) -> None:
    assert browser_of("pat").get(address(first_light, f"/activity?{query}")).status_code == 200


def test_settings_are_saved_and_stand_in_the_diary(browser_of: Browsers, cast: Cast, first_light: Project) -> None:
    CustomField.objects.create(
        organization=cast.organization, subject="project", key="budget", name="Budget", kind="number"
    )
    pat = browser_of("pat")
    sent = {"name": "Second light", "due_on": "2031-05-04", "tags": "print, web", "custom-budget": "1200"}
    got = pat.post(address(first_light, "/settings"), settings_of(first_light, **sent))
    first_light.refresh_from_db()
    assert (got.status_code, first_light.name, first_light.due_on) == (302, "Second light", date(2031, 5, 4))
    assert (first_light.tags, first_light.custom) == (["print", "web"], {"budget": 1200})
    assert "the due date" in pat.get(address(first_light, "/activity")).content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "This field is required."),
        ({"starts_on": "2031-05-05", "due_on": "2031-05-04"}, "due"),
        ({"slug": "Not a slug"}, "A slug has small letters"),
        ({"due_on": "the 30th of February"}, "Enter a valid date."),
        ({"name": "a" * 201}, "at most 200"),
        ({"owner": "00000000-0000-0000-0000-000000000000"}, "Select a valid choice."),
    ],
)
def test_settings_that_cannot_be_are_refused_and_kept_as_typed(
    browser_of: Browsers, first_light: Project, changes: dict[str, str], words: str
) -> None:
    got = browser_of("pat").post(address(first_light, "/settings"), settings_of(first_light, brief="Typed", **changes))
    html = got.content.decode()
    first_light.refresh_from_db()
    assert (got.status_code, words in html, "Typed" in html, first_light.brief) == (422, True, True, "")


def test_a_taken_job_number_is_refused_at_its_field(browser_of: Browsers, cast: Cast, first_light: Project) -> None:
    factories.project(cast.organization, "Other", job_number="20999")
    got = browser_of("pat").post(address(first_light, "/settings"), settings_of(first_light, job_number="20999"))
    assert (got.status_code, "20999 is the job number of" in got.content.decode()) == (422, True)


def test_settings_of_who_may_not_edit_change_nothing(browser_of: Browsers, first_light: Project) -> None:
    got = browser_of("art").post(address(first_light, "/settings"), settings_of(first_light, name="Mine"))
    first_light.refresh_from_db()
    assert (got.status_code, first_light.name) == (403, "First light")


def test_a_project_goes_into_the_archive_and_out(browser_of: Browsers, first_light: Project) -> None:
    pat = browser_of("pat")
    pat.post(address(first_light, "/archive"))
    first_light.refresh_from_db()
    assert first_light.is_archived
    shown = pat.get(address(first_light)).content.decode()
    assert "This project is in the archive" in shown
    assert props_of(shown)["may"]["edit"] is False  # type: ignore[index]
    pat.post(address(first_light, "/archive"), {"restore": "1"})
    first_light.refresh_from_db()
    assert not first_light.is_archived


def test_the_archive_is_not_open_to_makers(browser_of: Browsers, first_light: Project) -> None:
    assert browser_of("art").post(address(first_light, "/archive")).status_code == 403
    first_light.refresh_from_db()
    assert not first_light.is_archived


def test_what_is_on_hold_or_cancelled_does_not_count_in_the_head(
    browser_of: Browsers, first_light: Project, key_visual: Deliverable
) -> None:
    factories.deliverable(first_light, "Poster", held="on_hold", status="on_hold")
    factories.deliverable(first_light, "Film", held="cancelled", status="cancelled")
    assert "0 of 1" in browser_of("pat").get(address(first_light)).content.decode()
