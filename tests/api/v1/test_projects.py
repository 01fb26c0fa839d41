from datetime import date

import pytest

from signoff.audit.models import Event
from signoff.projects.models import CustomField, Project
from tests import factories


def names(answer):
    assert answer[0] == 200
    return [one["name"] for one in answer[1]["results"]]


def test_a_project_is_opened_with_the_default_pipeline(caller, cast, campaign):
    status, project = caller("pat").post(
        "/projects",
        {"job_number": "20777", "name": "Spring", "client_team": str(cast.kolibri.pk), "owner": str(cast.ada.pk)},
    )

    assert status == 201
    row = Project.objects.get(job_number="20777")
    assert project == {
        "id": str(row.pk),
        "job_number": "20777",
        "name": "Spring",
        "slug": "spring",
        "status": "active",
        "client_team": str(cast.kolibri.pk),
        "client_team_name": "Kolibri Drinks",
        "owner": str(cast.ada.pk),
        "owner_name": "Ada Admin",
        "pipeline": str(campaign.pk),
        "pipeline_name": "Campaign",
        "brief": "",
        "starts_on": None,
        "due_on": None,
        "tags": [],
        "custom": {},
        "source": "api",
        "archived_on": None,
        "created_at": project["created_at"],
        "updated_at": project["updated_at"],
    }
    assert Event.objects.get().verb == "project.opened"


def test_a_patch_changes_what_is_given_and_null_clears(caller, cast, first_light):
    CustomField.objects.create(organization=cast.organization, subject="project", key="po", name="PO")
    pat, path = caller("pat"), f"/projects/{first_light.pk}"
    given = {"due_on": "9999-12-31", "starts_on": "1900-01-01", "tags": ["a", "a", "b"], "custom": {"po": "7"}}
    status, project = pat.patch(path, given)

    assert (status, project["due_on"], project["starts_on"]) == (200, "9999-12-31", "1900-01-01")
    assert (project["tags"], project["custom"], project["owner"]) == (["a", "b"], {"po": "7"}, str(cast.pat.pk))

    status, project = pat.patch(path, {"due_on": None, "owner": None, "custom": {"po": None}, "brief": None})
    assert (status, project["due_on"], project["owner"], project["custom"]) == (200, None, None, {})
    assert (project["starts_on"], project["name"]) == ("1900-01-01", "First light")


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        ({"job_number": "20418", "name": "B"}, 409, "job_number_taken", "job_number"),
        ({"job_number": "2", "name": " "}, 422, "bad_text", "name"),
        ({"job_number": "2", "name": "x" * 10_000}, 422, "bad_text", "name"),
        ({"job_number": "x" * 61, "name": "B"}, 422, "bad_text", "job_number"),
        ({"job_number": "2", "name": "a\u0007"}, 422, "bad_text", "name"),
        ({"job_number": "2", "name": "B", "custom": {"no": 1}}, 422, "bad_custom_value", "custom.no"),
        (
            {"job_number": "2", "name": "B", "starts_on": "2026-02-02", "due_on": "2026-02-01"},
            422,
            "due_before_start",
            "due_on",
        ),
        ({"job_number": "2", "name": "B", "status": None}, 422, "invalid", "status"),
    ],
)
def test_a_wrong_project_is_refused_at_its_field(caller, first_light, body, status, code, field):
    answer = caller("pat").post("/projects", body)

    assert (answer[0], answer[1]["code"], answer[1]["field"]) == (status, code, field)
    assert Project.objects.count() == 1


@pytest.mark.parametrize("field", ["owner", "client_team", "pipeline"])
def test_what_another_organisation_has_cannot_be_named(caller, cast, first_light, field):
    theirs = {
        "owner": cast.stranger,
        "client_team": factories.client_team(cast.elsewhere, "Theirs"),
        "pipeline": factories.pipeline(cast.elsewhere),
    }
    status, problem = caller("pat").patch(f"/projects/{first_light.pk}", {field: str(theirs[field].pk)})

    assert (status, problem["code"], problem["field"]) == (422, "unknown_reference", field)


@pytest.mark.parametrize(
    "name", ["Привет", "春の光", "عرض", "🎬 Film", 'O\'Brien "x" <script>alert(1)</script>', "Ünï cödé"]
)
def test_names_in_every_script_come_back_as_they_were(caller, campaign, name):
    status, project = caller("pat").post("/projects", {"job_number": "1", "name": name})

    assert (status, project["name"]) == (201, name)
    assert Project.objects.get().name == name


def test_the_list_is_filtered_and_turned_page_by_page(caller, cast, first_light):
    late = factories.project(cast.organization, "Late", due_on=date(2020, 1, 1), owner=cast.ada)
    factories.project(cast.organization, "Done", due_on=date(2020, 1, 1), status="completed")
    factories.project(cast.organization, "Away", archived_on=date(2020, 1, 1))
    factories.project(cast.elsewhere, "Theirs")
    pat = caller("pat")

    assert names(pat.get("/projects")) == ["Done", "Late", "First light"]
    assert names(pat.get("/projects?archived=true")) == ["Away"]
    assert names(pat.get("/projects?late=true")) == ["Late"]
    assert names(pat.get("/projects?status=completed")) == ["Done"]
    assert names(pat.get(f"/projects?client_team={cast.kolibri.pk}")) == ["First light"]
    assert names(pat.get(f"/projects?owner={cast.ada.pk}")) == ["Late"]
    assert names(pat.get(f"/projects?q={late.job_number}")) == ["Late"]
    assert names(pat.get("/projects?q=IGHT")) == ["First light"]

    _, page = pat.get("/projects?limit=2")
    assert ([one["name"] for one in page["results"]], page["next"]) == (["Done", "Late"], str(late.pk))
    _, page = pat.get(f"/projects?limit=2&cursor={page['next']}")
    assert ([one["name"] for one in page["results"]], page["next"]) == (["First light"], None)


def test_a_client_sees_only_the_own_teams_projects(caller, cast, first_light):
    factories.project(cast.organization, "Draft", client_team=cast.kolibri, status="draft")

    assert names(caller("mia").get("/projects")) == ["First light"]
    assert names(caller("nils").get("/projects")) == []
    assert caller("nils").get(f"/projects/{first_light.pk}")[0] == 404


def test_an_archived_project_is_changed_no_more_until_it_is_restored(caller, first_light):
    pat, path = caller("pat"), f"/projects/{first_light.pk}"
    first, again = pat.post(f"{path}/archive"), pat.post(f"{path}/archive")
    refused = pat.patch(path, {"name": "B"})
    restored = pat.delete(f"{path}/archive")

    assert (first[0], again[0], first[1]["archived_on"]) == (200, 200, again[1]["archived_on"])
    assert (refused[0], refused[1]["code"]) == (409, "project_archived")
    assert (restored[0], restored[1]["archived_on"]) == (200, None)
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == ["project.archived", "project.restored"]
