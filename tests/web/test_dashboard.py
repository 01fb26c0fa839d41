import json
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from signoff.web.dashboard import greeting_at
from tests import factories


@pytest.fixture
def in_review(cast, key_visual):
    """The key visual's internal review, waiting for rev."""
    stage = factories.stage(key_visual, "Internal review")
    stage.status, stage.assignee = "in_review", cast.rev
    stage.save()
    return stage


def page_of(browser_of, name, address="/dashboard"):
    response = browser_of(name).get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("hour", "words"), [(4, "Good evening"), (5, "Good morning"), (12, "Good afternoon"), (18, "Good evening")]
)
def test_the_greeting_knows_the_hour(hour, words):
    assert greeting_at(hour) == words


def test_a_reviewer_finds_what_to_decide_with_one_click(browser_of, in_review):
    page = page_of(browser_of, "rev")

    assert "1 thing waits for you" in page
    assert f'hx-post="/stages/{in_review.pk}/approval"' in page
    assert "New project" not in page


def test_who_plans_exports_and_opens_projects_here(browser_of):
    offers = {name: page_of(browser_of, name) for name in ("ada", "pat", "art", "rev", "mia")}

    assert [name for name, page in offers.items() if 'href="/export.xlsx"' in page] == ["ada", "pat"]
    assert [name for name, page in offers.items() if 'href="/projects/new"' in page] == ["ada", "pat"]


def test_a_kind_shows_only_its_rows(browser_of, in_review):
    assert f"/stages/{in_review.pk}/approval" in page_of(browser_of, "rev", "/dashboard?kind=decide")
    assert f"/stages/{in_review.pk}/approval" not in page_of(browser_of, "rev", "/dashboard/waiting?kind=do")


def test_a_card_asked_for_anew_brings_the_count_above_it_along(browser_of, in_review):
    card = page_of(browser_of, "rev", "/dashboard/waiting")

    assert 'id="dash-today" hx-swap-oob="true"' in card
    assert "1 thing waits for you" in card
    assert "hx-swap-oob" not in page_of(browser_of, "rev")


def test_approving_on_the_row_tells_the_card_and_offers_undo(browser_of, in_review):
    response = browser_of("rev").post(
        f"/stages/{in_review.pk}/approval", {"version": in_review.version}, headers={"HX-Request": "true"}
    )
    said = json.loads(response.headers["HX-Trigger"])

    assert response.status_code == 204
    assert said["stage.approved"] == {}
    assert said["toast"]["undo"] == f"/stages/{in_review.pk}/approval/withdrawal"


def test_a_client_has_a_calm_page_of_their_own(cast, browser_of, first_light, key_visual):
    factories.project(cast.organization, "Of others", client_team=cast.norra)
    page = page_of(browser_of, "mia")

    assert "Your projects" in page
    assert "First light" in page
    assert "Of others" not in page
    assert "Studio health" not in page
    assert "Time waiting on client" not in page
    assert browser_of("mia").get("/dashboard/health").status_code == 404


def test_figures_of_another_house_are_nobodys_business(browser_of, in_review):
    page = page_of(browser_of, "stranger")

    assert "Key visual" not in page
    assert "nothing waits for you" in page


def test_an_unknown_card_is_not_found(browser_of):
    assert browser_of("pat").get("/dashboard/secrets").status_code == 404


def test_names_in_every_script_are_words_and_never_markup(browser_of, first_light, in_review):
    deliverable = in_review.deliverable
    deliverable.name = '<script>alert(1)</script> 键 "q" 🎬 \' &'
    deliverable.save()

    assert "<script>alert" not in page_of(browser_of, "rev")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 键" in page_of(browser_of, "rev")


@pytest.mark.parametrize("name", ["waiting", "client_time", "activity", "health", "week"])
def test_each_card_can_be_asked_for_anew(browser_of, in_review, name):
    page = page_of(browser_of, "pat", f"/dashboard/{name}")

    assert "<html" not in page
    assert f'hx-get="/dashboard/{name}' in page


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_makes_the_same_queries_for_one_row_and_three(
    cast, browser_of, first_light, django_assert_num_queries, many
):
    for number in range(many):
        row = factories.deliverable(first_light, f"Row {number}", due_on=localdate() + timedelta(days=number))
        stage = factories.stage(row, "Internal review")
        stage.status, stage.assignee = "in_review", cast.rev
        stage.save()
    browser = browser_of("rev")

    with django_assert_num_queries(14):
        assert browser.get("/dashboard").content.count(b"data-row") == many
