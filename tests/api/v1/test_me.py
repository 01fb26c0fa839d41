from signoff.projects.models import CustomField


def test_me_says_who_i_am_and_what_i_may(caller, cast):
    status, me = caller("rev").get("/me")

    assert status == 200
    assert me == {
        "kind": "user",
        "label": "Rev Reviewer",
        "person": {"id": str(cast.rev.pk), "name": "Rev Reviewer", "email": "rev@fieldhouse.example"},
        "organization": {
            "id": str(cast.organization.pk),
            "name": "Fieldhouse",
            "slug": "fieldhouse",
            "time_zone": "UTC",
        },
        "role": "reviewer",
        "scopes": None,
        "client_teams": [],
        "permissions": [
            "view",
            "approve_stage",
            "approve_where_named",
            "comment",
            "address_note",
            "settle_note",
            "save_view",
        ],
        "vocabulary": {},
    }


def test_clients_see_the_house_and_their_own_team_without_addresses(caller):
    _, seen_by_pat = caller("pat").get("/people")
    _, seen_by_mia = caller("mia").get("/people")

    assert [one["name"].split()[0] for one in seen_by_pat] == ["Ada", "Art", "Mia", "Nils", "Pat", "Rev"]
    assert [one["name"].split()[0] for one in seen_by_mia] == ["Ada", "Art", "Mia", "Pat", "Rev"]
    assert (seen_by_pat[1]["email"], {one["email"] for one in seen_by_mia}) == ("art@fieldhouse.example", {""})


def test_client_teams_are_ones_own_for_clients(caller):
    assert [one["name"] for one in caller("pat").get("/client-teams")[1]] == ["Kolibri Drinks", "Norra Rail"]
    assert [one["name"] for one in caller("nils").get("/client-teams")[1]] == ["Norra Rail"]
    assert caller("stranger").get("/client-teams")[1] == []


def test_pipelines_have_their_stages_in_order(caller, campaign):
    status, (pipeline,) = caller("art").get("/pipelines")

    assert (status, pipeline["name"], pipeline["is_default"]) == (200, "Campaign", True)
    assert [stage["name"] for stage in pipeline["stages"]] == ["Design", "Internal review", "Client approval"]
    assert caller("stranger").get("/pipelines")[1] == []


def test_custom_fields_are_those_of_the_house(caller, cast):
    CustomField.objects.create(
        organization=cast.organization, subject="deliverable", key="ratio", name="Ratio", kind="choice", choices=["1:1"]
    )

    assert [one["key"] for one in caller("art").get("/custom-fields")[1]] == ["ratio"]
    assert caller("stranger").get("/custom-fields")[1] == []
