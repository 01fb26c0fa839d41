from datetime import date

import pytest

from signoff.audit.models import Event
from signoff.projects.models import Project
from tests import factories


@pytest.fixture
def typed(cast, campaign):
    """What pat types into the form for a new project."""
    return {
        "job_number": "20500",
        "name": "Winter range",
        "client_team": str(cast.kolibri.pk),
        "owner": str(cast.pat.pk),
        "pipeline": str(campaign.pk),
        "status": "active",
        "starts_on": "2026-11-23",
        "due_on": "2026-12-24",
        "brief": "Snow, and cans in it.",
    }


def test_the_list_filters_by_its_address(cast, browser_of, first_light):
    factories.project(cast.organization, "Night film", client_team=cast.norra, status="on_hold")
    browser = browser_of("pat")

    def shows(query):
        page = browser.get(f"/projects{query}", headers={"HX-Target": "projects"}).content.decode()
        return [name for name in ("First light", "Night film") if name in page]

    assert shows("") == ["First light", "Night film"]
    assert shows("?q=night") == ["Night film"]
    assert shows("?status=on_hold") == ["Night film"]
    assert shows(f"?team={cast.kolibri.pk}") == ["First light"]
    assert shows(f"?owner={cast.pat.pk}") == ["First light"]
    assert shows("?archived=1") == []
    assert shows("?team=nonsense&owner=1&page=-4&sort=x&q=%00") == ["First light", "Night film"]


def test_a_stranger_and_another_client_do_not_see_it(browser_of, first_light):
    for who in ("stranger", "nils"):
        assert "First light" not in browser_of(who).get("/projects").content.decode()


def test_an_empty_list_says_what_comes_first(browser_of):
    assert "Which job comes first?" in browser_of("pat").get("/projects").content.decode()
    assert "No projects yet" in browser_of("mia").get("/projects").content.decode()


def test_the_form_has_the_houses_words_and_the_default_pipeline_chosen(cast, browser_of, campaign):
    cast.organization.vocabulary = {"job_number": "OMG #"}
    cast.organization.save()
    page = browser_of("pat").get("/projects/new").content.decode()

    assert "OMG #" in page
    assert f'<option value="{campaign.pk}" selected>Campaign</option>' in page
    assert f'<option value="{cast.pat.pk}" selected>Pat Producer</option>' in page


def test_a_good_form_opens_the_project_and_goes_there(cast, browser_of, typed, campaign):
    response = browser_of("pat").post("/projects/new", typed)
    project = Project.objects.get()

    assert response.headers["Location"] == f"/projects/{project.pk}"
    assert (project.job_number, project.name, project.client_team, project.owner, project.pipeline) == (
        "20500",
        "Winter range",
        cast.kolibri,
        cast.pat,
        campaign,
    )
    assert (project.starts_on, project.due_on, project.brief) == (
        date(2026, 11, 23),
        date(2026, 12, 24),
        "Snow, and cans in it.",
    )
    assert list(Event.objects.values_list("verb", flat=True)) == ["project.opened"]


def test_htmx_is_sent_there(browser_of, typed):
    response = browser_of("pat").post("/projects/new", typed, headers={"HX-Request": "true"})

    assert response.headers["HX-Redirect"] == f"/projects/{Project.objects.get().pk}"


@pytest.mark.parametrize(
    ("wrong", "status", "field", "words"),
    [
        ({"name": ""}, 422, "name", "This field is required."),
        ({"name": "x" * 10_000}, 422, "name", "at most 200 characters"),
        ({"name": "a\x00b"}, 422, "name", "Null characters are not allowed"),
        ({"due_on": "2026-11-01"}, 422, "due_on", "The due date lies before the start date."),
        ({"due_on": "31/31/31"}, 422, "due_on", "Enter a valid date."),
        ({"job_number": "20418"}, 409, "job_number", "20418 is the job number of “First light” already."),
        ({"client_team": "01890000-0000-7000-8000-000000000000"}, 422, "client_team", "Select a valid choice."),
    ],
)
def test_a_refused_form_says_where_and_keeps_what_was_typed(
    browser_of, first_light, typed, wrong, status, field, words
):
    response = browser_of("pat").post("/projects/new", typed | wrong)
    page = response.content.decode()

    assert response.status_code == status
    assert words in page[page.index(f'id="id_{field}-note"') :][:400]
    assert "Snow, and cans in it." in page
    assert list(Project.objects.values_list("name", flat=True)) == ["First light"]


def test_a_refused_dialog_stays_in_the_dialog(browser_of, typed, first_light):
    response = browser_of("pat").post("/projects/new", typed | {"job_number": "20418"}, headers={"HX-Request": "true"})

    assert (response.status_code, response.headers["HX-Retarget"]) == (409, "#dialog")
    assert "<html" not in response.content.decode()


def test_teams_of_another_house_cannot_be_chosen(cast, browser_of, typed):
    theirs = factories.client_team(cast.elsewhere, "Theirs")
    response = browser_of("pat").post("/projects/new", typed | {"client_team": str(theirs.pk)})

    assert response.status_code == 422
    assert list(Project.objects.all()) == []


@pytest.mark.parametrize("who", ["art", "rev", "mia"])
def test_who_may_not_open_projects_is_told_so(browser_of, typed, who):
    assert browser_of(who).get("/projects/new").status_code == 403
    assert browser_of(who).post("/projects/new", typed).status_code == 403
    assert list(Project.objects.all()) == []


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_makes_the_same_queries_for_one_row_and_three(
    cast, browser_of, campaign, django_assert_num_queries, many
):
    for number in range(many):
        project = factories.project(cast.organization, f"P {number}", client_team=cast.kolibri, owner=cast.pat)
        factories.deliverable(project)
    browser = browser_of("pat")

    with django_assert_num_queries(13):
        assert browser.get("/projects").content.count(b"data-row") == many
