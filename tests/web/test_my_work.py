import json

import pytest

from signoff.accounts.models import SavedView
from tests import factories


@pytest.fixture
def design(cast, key_visual):
    stage = factories.stage(key_visual, "Design")
    stage.assignee = cast.art
    stage.save()
    return stage


def test_my_stages_have_their_controls(browser_of, design):
    page = browser_of("art").get("/my-work").content.decode()

    assert "Without a date" in page
    assert f'hx-post="/stages/{design.pk}/status"' in page
    assert 'data-press="s"' in page


def test_nobody_elses_work_is_here(browser_of, design):
    assert "No work is yours right now" in browser_of("pat").get("/my-work").content.decode()


def test_filters_are_in_the_address_and_what_is_wrong_filters_nothing(browser_of, design):
    def shows(address):
        return "Key visual" in browser_of("art").get(address).content.decode()

    assert shows("/my-work?q=KEY&status=not_started&turn=now")
    assert not shows("/my-work?q=poster")
    assert not shows("/my-work?status=in_review")
    assert shows("/my-work?project=not-an-id&team=%00")
    assert shows("/my-work?q=%00key")


def test_htmx_gets_the_list_alone(browser_of, design):
    page = browser_of("art").get("/my-work", headers={"HX-Request": "true", "HX-Target": "work"}).content.decode()

    assert page.strip().startswith("<section")
    assert "<html" not in page


def test_starting_answers_with_the_verb_and_undo_takes_it_back(browser_of, design):
    browser = browser_of("art")
    response = browser.post(
        f"/stages/{design.pk}/status", {"status": "in_progress", "version": 1}, headers={"HX-Request": "true"}
    )
    toast = json.loads(response.headers["HX-Trigger"])["toast"]
    design.refresh_from_db()
    assert (response.status_code, design.status) == (204, "in_progress")

    undone = browser.post(toast["undo"], headers={"HX-Request": "true"})
    design.refresh_from_db()
    assert (undone.status_code, design.status) == (204, "not_started")
    assert browser.post(toast["undo"], headers={"HX-Request": "true"}).status_code == 409


def test_a_view_is_saved_opened_and_removed(cast, browser_of, design):
    browser = browser_of("art")
    saved = browser.post("/views", {"page": "work", "name": "Mine", "query": "status=in_progress"})
    view = SavedView.objects.get()

    assert saved.headers["Location"] == "/my-work?status=in_progress"
    assert (view.name, view.query, view.owner, view.is_shared) == ("Mine", "status=in_progress", cast.art, False)
    assert "Mine" in browser.get("/my-work").content.decode()
    assert browser_of("pat").post(f"/views/{view.pk}/removal").status_code == 404
    assert browser_of("stranger").post(f"/views/{view.pk}/removal").status_code == 404
    assert browser.post(f"/views/{view.pk}/removal").headers["Location"] == "/my-work"
    assert list(SavedView.objects.all()) == []


def test_makers_may_not_share_a_view(browser_of, design):
    response = browser_of("art").post("/views", {"page": "work", "name": "Mine", "query": "", "is_shared": "1"})

    assert response.status_code == 403
    assert list(SavedView.objects.all()) == []


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_makes_the_same_queries_for_one_row_and_three(
    cast, browser_of, first_light, django_assert_num_queries, many
):
    for number in range(many):
        stage = factories.stage(factories.deliverable(first_light, f"Row {number}"), "Design")
        stage.assignee = cast.art
        stage.save()
    browser = browser_of("art")

    with django_assert_num_queries(10):
        assert browser.get("/my-work").content.count(b"data-row") == many
