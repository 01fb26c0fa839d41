import json
from datetime import date

import pytest
from django.test import override_settings
from django.utils.timezone import now

from signoff.accounts.models import User
from signoff.activity.announce import announce
from signoff.audit.models import Event
from signoff.deliverables.actions import change_deliverable
from signoff.deliverables.models import Deliverable
from signoff.projects.models import CustomField
from tests import factories


@pytest.fixture
def address(key_visual):
    return f"/deliverables/{key_visual.pk}"


@pytest.fixture
def say(browser_of, key_visual):
    """`say("pat", "kind", "Poster", was="")`: what htmx sends when a fact is changed."""

    def post(who, name, value, was=""):
        said = {"value": value, "was": was}
        return browser_of(who).post(f"/deliverables/{key_visual.pk}/facts/{name}", said, headers={"HX-Request": "true"})

    return post


def test_the_page_shows_facts_stages_and_diary(browser_of, address):
    page = browser_of("pat").get(address).content.decode()

    assert all(words in page for words in ("Key visual", "Design", "Internal review", "Job diary", "Kolibri Drinks"))
    assert f'hx-trigger="changed.{address[14:]} from:body' in page


@pytest.mark.parametrize("rest", ["", "/stages", "/facts", "/diary"])
@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("nils", 404), ("mia", 200), ("art", 200)])
def test_who_does_not_see_it_finds_nothing(browser_of, address, rest, who, status):
    assert browser_of(who).get(address + rest).status_code == status


@pytest.mark.parametrize("rest", ["/facts/name", "/hold", "/delivery", "/delivery/withdrawal"])
@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("nils", 404), ("mia", 403), ("art", 403)])
def test_who_may_not_change_it_is_refused_and_nothing_changes(browser_of, address, key_visual, rest, who, status):
    said = {"value": "Mine", "was": "Key visual", "held": "on_hold"}
    assert browser_of(who).post(address + rest, said).status_code in (status, 404 if who == "mia" else status)
    assert Deliverable.objects.get().name == "Key visual"
    assert Deliverable.objects.get().held == ""


def test_clients_see_what_was_ordered_and_not_how_it_is_planned(browser_of, address, key_visual):
    key_visual.notes, key_visual.specification = "Client is difficult", "48-sheet"
    key_visual.save()
    page = browser_of("mia").get(address).content.decode()

    assert "48-sheet" in page
    assert "Client is difficult" not in page
    assert "Assignee" not in page
    assert "<form" not in page[page.index('id="facts"') : page.index('id="diary"')]


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("name", "Key visual, portrait", "Key visual, portrait"),
        ("kind", "Poster", "Poster"),
        ("specification", "6096 × 3048 mm", "6096 × 3048 mm"),
        ("language", "日本語 🎬", "日本語 🎬"),
        ("market", "NO", "NO"),
        ("priority", "urgent", "urgent"),
        ("due_on", "9999-12-31", date(9999, 12, 31)),
        ("due_on", "1900-01-01", date(1900, 1, 1)),
        ("rounds_included", "3", 3),
        ("notes", "Two\nlines", "Two\nlines"),
    ],
)
def test_a_fact_is_changed_where_it_stands_and_can_be_undone(browser_of, say, key_visual, name, typed, kept):
    before = getattr(key_visual, name)
    response = say("pat", name, typed, "" if before is None else str(before))
    toast = json.loads(response.headers["HX-Trigger"])["toast"]

    assert (response.status_code, response.headers["HX-Retarget"]) == (200, f"#fact-{name}")
    assert getattr(Deliverable.objects.get(), name) == kept
    browser_of("pat").post(toast["undo"], headers={"HX-Request": "true"})
    assert getattr(Deliverable.objects.get(), name) == before


def test_an_assignee_is_chosen_among_the_people_one_sees(cast, say, key_visual):
    assert say("pat", "assignee", str(cast.art.pk)).status_code == 200
    assert Deliverable.objects.get().assignee == cast.art
    assert say("pat", "assignee", str(cast.stranger.pk), str(cast.art.pk)).status_code == 422
    assert say("pat", "assignee", "", str(cast.art.pk)).status_code == 200
    assert Deliverable.objects.get().assignee is None


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("name", "", "Give it a name."),
        ("name", "x" * 10_000, "At most 200 characters, this has 10000."),
        ("name", "a\x00b", "Control characters cannot be stored here"),
        ("due_on", "soon", "Write the date as year-month-day"),
        ("rounds_included", "many", "Write a whole number from 0 to 999"),
        ("rounds_included", "-1", "Write a whole number from 0 to 999"),
        ("rounds_included", "²", "Write a whole number from 0 to 999"),
        ("priority", "extreme", "That is not one of the choices."),
    ],
)
def test_a_bad_fact_says_so_at_its_field_and_keeps_what_was_typed(say, key_visual, name, typed, words):
    before = getattr(key_visual, name)
    response = say("pat", name, typed, "" if before is None else str(before))
    page = response.content.decode()

    assert response.status_code == 422
    assert words in page
    assert "Save mine" not in page
    if name != "priority":
        assert f'value="{typed}"' in page
    assert getattr(Deliverable.objects.get(), name) == before


def test_who_is_second_sees_what_happened_and_keeps_what_was_typed(cast, say, key_visual):
    change_deliverable(actor=cast.actor("ada"), deliverable=key_visual, changes={"kind": "Poster"})
    response = say("pat", "kind", "Banner", was="")
    page = response.content.decode()

    assert (response.status_code, response.headers["HX-Retarget"]) == (409, "#fact-kind")
    assert "Ada Admin changed this meanwhile." in page
    assert "Saved is: “Poster”." in page
    assert "Save mine" in page
    assert 'value="Banner"' in page
    assert Deliverable.objects.get().kind == "Poster"
    assert 'name="was" value="Poster"' in page

    assert say("pat", "kind", "Banner", was="Poster").status_code == 200
    assert Deliverable.objects.get().kind == "Banner"


def test_two_people_changing_two_facts_do_not_meet(cast, say, key_visual):
    change_deliverable(actor=cast.actor("ada"), deliverable=key_visual, changes={"kind": "Poster"})

    assert say("pat", "market", "NO", was="").status_code == 200
    row = Deliverable.objects.get()
    assert (row.kind, row.market) == ("Poster", "NO")


def test_the_same_value_again_changes_and_tells_nothing(say, key_visual):
    response = say("pat", "name", "Key visual", was="Key visual")

    assert response.status_code == 200
    assert "HX-Trigger" not in response.headers
    assert list(Event.objects.all()) == []


def test_an_unknown_fact_is_not_found(say, key_visual):
    assert say("pat", "secret", "x").status_code == 404
    assert say("pat", "custom.nothing", "x").status_code == 404


def test_custom_fields_are_facts_too(cast, say, browser_of, address):
    CustomField.objects.create(
        organization=cast.organization, subject="deliverable", key="legal", name="Legal line", kind="checkbox"
    )
    CustomField.objects.create(
        organization=cast.organization, subject="deliverable", key="seconds", name="Seconds", kind="number"
    )
    assert "Legal line" in browser_of("pat").get(address).content.decode()
    assert say("pat", "custom.legal", "yes").status_code == 200
    assert say("pat", "custom.seconds", "twenty").status_code == 422
    assert say("pat", "custom.seconds", "20").status_code == 200
    assert Deliverable.objects.get().custom == {"legal": True, "seconds": 20}


def test_without_scripts_a_fact_is_changed_and_one_comes_back(browser_of, address):
    response = browser_of("pat").post(f"{address}/facts/kind", {"value": "Poster", "was": ""})

    assert response.headers["Location"] == address
    assert Deliverable.objects.get().kind == "Poster"
    refused = browser_of("pat").post(f"{address}/facts/name", {"value": "", "was": "Key visual"})
    assert (refused.status_code, "Give it a name." in refused.content.decode()) == (422, True)


def test_it_is_put_on_hold_cancelled_and_taken_up_again(browser_of, address):
    browser = browser_of("pat")
    for held in ("on_hold", "cancelled", ""):
        assert browser.post(f"{address}/hold", {"held": held}).headers["Location"] == address
        assert Deliverable.objects.get().held == held
    assert browser.post(f"{address}/hold", {"held": "eaten"}).status_code == 400
    assert Deliverable.objects.get().held == ""


def test_on_hold_the_stages_rest(browser_of, address, key_visual):
    browser_of("pat").post(f"{address}/hold", {"held": "on_hold"})
    page = browser_of("pat").get(address).content.decode()

    assert "On hold: the stages rest until it is taken up again." in page
    assert "/status" not in page[page.index('id="stages"') :]


def test_only_what_is_approved_is_marked_as_delivered(browser_of, address, key_visual):
    browser = browser_of("pat")
    assert browser.post(f"{address}/delivery").status_code == 409
    key_visual.stages.update(status="approved", approved_at=now())
    key_visual.status = "approved"
    key_visual.save()

    assert browser.post(f"{address}/delivery").headers["Location"] == address
    assert Deliverable.objects.get().status == "delivered"
    assert browser.delete(f"{address}/delivery", headers={"HX-Request": "true"}).status_code == 204
    assert Deliverable.objects.get().status == "approved"


def test_neighbours_are_those_of_the_project_in_order(browser_of, address, key_visual):
    before = factories.deliverable(key_visual.project, "Before", position=0)
    after = factories.deliverable(key_visual.project, "After")
    page = browser_of("art").get(address).content.decode()

    assert f'rel="prev" href="/deliverables/{before.pk}"' in page
    assert f'rel="next" href="/deliverables/{after.pk}"' in page


@pytest.fixture
def long_diary(cast, key_visual):
    """Sixty lines: thirty of dates, thirty of names."""
    for number in range(60):
        announce(
            "deliverable.changed",
            actor=cast.actor("pat"),
            subject=key_visual,
            organization_id=cast.organization.pk,
            project_id=key_visual.project_id,
            deliverable_id=key_visual.pk,
            changes={"due_on" if number % 2 else "name": [None, f"2026-12-{number % 28 + 1:02}"]},
        )


def test_the_diary_is_read_to_its_end_and_by_kind(browser_of, address, long_diary):
    browser = browser_of("pat")

    def read(kind):
        lines, query = 0, f"?kind={kind}"
        while query:
            page = browser.get(f"{address}/diary{query}").content.decode()
            lines += page.count("<time ")
            older = page.partition("?before=")[2].partition('"')[0]
            query = f"?before={older}".replace("&amp;", "&") if older else ""
        return lines

    assert {kind: read(kind) for kind in ("", "dates", "status")} == {"": 60, "dates": 30, "status": 0}
    assert browser.get(f"{address}/diary?before=nonsense").status_code == 200


@override_settings(LANGUAGE_CODE="en-gb")
@pytest.mark.parametrize("many", [1, 3])
def test_the_page_makes_the_same_queries_for_one_stage_and_three(cast, browser_of, django_assert_num_queries, many):
    stages = [(f"Stage {number}", "simple") for number in range(many)]
    pipeline = factories.pipeline(cast.organization, "Many", stages)
    row = factories.deliverable(factories.project(cast.organization, pipeline=pipeline, client_team=cast.kolibri))
    row.stages.update(assignee=User.objects.get(name="Art Maker"))
    browser = browser_of("pat")

    with django_assert_num_queries(15):
        assert browser.get(f"/deliverables/{row.pk}").content.count(b'class="stage-row"') == many
