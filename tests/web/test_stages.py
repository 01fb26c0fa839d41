import json
from datetime import date, timedelta

import pytest
from django.utils.timezone import now

from signoff.audit.models import Event
from signoff.deliverables.models import Stage
from tests import factories

HTMX = {"HX-Request": "true"}
CARD = {**HTMX, "HX-Target": "stages"}


@pytest.fixture
def review(cast, key_visual):
    """The internal review of the key visual, in review and rev's."""
    stage = factories.stage(key_visual, "Internal review")
    stage.status, stage.assignee = "in_review", cast.rev
    stage.save()
    return stage


@pytest.fixture
def design(key_visual):
    return factories.stage(key_visual, "Design")


def status_of(stage):
    return Stage.objects.get(pk=stage.pk).status


@pytest.mark.parametrize(("who", "code", "after"), [
    ("rev", 302, "approved"),
    ("pat", 302, "approved"),
    ("art", 403, "in_review"),
    ("mia", 403, "in_review"),
    ("nils", 404, "in_review"),
    ("stranger", 404, "in_review"),
])  # fmt: skip
def test_who_may_approves(browser_of, review, who, code, after):
    response = browser_of(who).post(f"/stages/{review.pk}/approval")

    assert (response.status_code, status_of(review)) == (code, after)


def test_the_card_is_shown_anew_with_undo_counting_down(browser_of, review):
    response = browser_of("rev").post(f"/stages/{review.pk}/approval", {"version": 1}, headers=CARD)
    page = response.content.decode()

    assert response.status_code == 200
    assert 'id="stages"' in page
    assert "data-until=" in page
    assert 'hx-swap-oob="true"' in page
    assert set(json.loads(response.headers["HX-Trigger"])) == {"stage.approved", "acted", "toast"}


def test_an_approval_is_withdrawn_within_ten_minutes(browser_of, review):
    rev = browser_of("rev")
    rev.post(f"/stages/{review.pk}/approval")
    assert rev.delete(f"/stages/{review.pk}/approval", headers=HTMX).status_code == 204
    assert status_of(review) == "in_review"

    rev.post(f"/stages/{review.pk}/approval")
    Stage.objects.filter(pk=review.pk).update(approved_at=now() - timedelta(minutes=11))
    assert rev.post(f"/stages/{review.pk}/approval/withdrawal").status_code == 409
    assert status_of(review) == "approved"


def test_who_is_second_sees_the_row_as_it_is_and_why_nothing_was_done(browser_of, review):
    browser_of("rev").post(f"/stages/{review.pk}/approval")
    response = browser_of("pat").post(f"/stages/{review.pk}/approval", {"version": review.version}, headers=CARD)
    toast = json.loads(response.headers["HX-Trigger"])["toast"]

    assert response.status_code == 200
    assert "Rev, " in response.content.decode()
    assert toast["title"] == "Somebody else changed this in the meantime. Look at what it says now, then try again."
    assert list(Event.objects.values_list("verb", flat=True)) == ["stage.approved"]


def test_a_formal_stage_says_who_decides_and_cannot_be_approved_by_a_click(cast, browser_of, review):
    Stage.objects.filter(pk=review.pk).update(approval_type="formal")
    page = browser_of("rev").get(f"/deliverables/{review.deliverable_id}").content.decode()

    assert "Nobody is named: whoever may approve decides." in page
    assert "There is no round to decide on yet." in page
    assert f"/stages/{review.pk}/approval" not in page
    assert browser_of("rev").post(f"/stages/{review.pk}/approval").status_code == 409


def test_changes_are_requested_with_a_note(browser_of, review):
    rev = browser_of("rev")
    form = rev.get(f"/stages/{review.pk}/changes-requested", headers=HTMX).content.decode()
    assert "Request changes on Internal review" in form
    assert "<html" not in form

    response = rev.post(f"/stages/{review.pk}/changes-requested", {"note": "Bluer."}, headers=HTMX)
    assert (response.status_code, response.content) == (200, b"")
    assert (status_of(review), Event.objects.get().data["note"]) == ("changes_requested", "Bluer.")


@pytest.mark.parametrize(("note", "code", "words"), [
    ("x" * 10_000, 422, "At most 2000 characters"),
    ("nul \x00", 422, "Control characters cannot be stored here"),
])  # fmt: skip
def test_a_refused_note_is_kept(browser_of, review, note, code, words):
    response = browser_of("rev").post(f"/stages/{review.pk}/changes-requested", {"note": note}, headers=HTMX)
    page = response.content.decode()

    assert (response.status_code, response.headers["HX-Retarget"]) == (code, "#dialog")
    assert words in page
    assert note in page
    assert status_of(review) == "in_review"


def test_a_note_for_what_was_decided_meanwhile_is_kept_too(browser_of, review):
    browser_of("pat").post(f"/stages/{review.pk}/approval")
    response = browser_of("rev").post(
        f"/stages/{review.pk}/changes-requested", {"note": "Bluer.", "version": review.version}, headers=HTMX
    )

    assert response.status_code == 409
    assert "Bluer." in response.content.decode()
    assert status_of(review) == "approved"


def test_a_stage_is_started_and_done(browser_of, design):
    art = browser_of("art")
    for wanted in ("in_progress", "approved"):
        assert art.post(f"/stages/{design.pk}/status", {"status": wanted}).status_code == 302
        assert status_of(design) == wanted


@pytest.mark.parametrize(("wanted", "code"), [("approved", 409), ("changes_requested", 403), ("eaten", 422), ("", 422)])
def test_illegal_moves_are_refused(browser_of, review, wanted, code):
    response = browser_of("art").post(f"/stages/{review.pk}/status", {"status": wanted}, headers=HTMX)

    assert (response.status_code, status_of(review)) == (code, "in_review")


def test_the_menu_shows_the_legal_moves_in_words(browser_of, design):
    page = browser_of("art").get(f"/deliverables/{design.deliverable_id}/stages").content.decode()
    menu = page[page.index(f'id="menu-{design.pk}"') :].partition("</details>")[0]

    assert [word for word in ("Skip", "Mark done", "Take it", "Open again", "Assignee") if word in menu] == [
        "Skip",
        "Mark done",
        "Take it",
    ]


def test_a_stage_is_planned_by_who_plans(cast, browser_of, design):
    said = {"assignee": str(cast.art.pk), "due_on": "2026-12-05"}
    assert browser_of("pat").post(f"/stages/{design.pk}/plan", said).status_code == 302
    design.refresh_from_db()

    assert (design.assignee, design.due_on) == (cast.art, date(2026, 12, 5))
    assert browser_of("art").post(f"/stages/{design.pk}/plan", {"due_on": "2027-01-01"}).status_code == 403
    assert browser_of("pat").post(f"/stages/{design.pk}/plan", {"due_on": "never"}).status_code == 422
    assert browser_of("pat").post(f"/stages/{design.pk}/plan", {"assignee": "nobody"}).status_code == 422


def test_a_maker_takes_what_nobody_has_and_gives_it_back(cast, browser_of, design):
    art = browser_of("art")
    art.post(f"/stages/{design.pk}/plan", {"assignee": str(cast.art.pk)})
    assert Stage.objects.get(pk=design.pk).assignee == cast.art
    art.post(f"/stages/{design.pk}/plan", {"assignee": ""})
    assert Stage.objects.get(pk=design.pk).assignee is None


@pytest.mark.parametrize("rest", ["approval", "approval/withdrawal", "changes-requested", "status", "plan"])
def test_stages_of_another_house_are_not_found(browser_of, design, rest):
    assert browser_of("stranger").post(f"/stages/{design.pk}/{rest}", {"status": "in_progress"}).status_code == 404


def test_one_comes_back_where_one_was_but_never_to_another_house(browser_of, design):
    def goes_to(where):
        said = {"status": status, "next": where}
        return browser_of("art").post(f"/stages/{design.pk}/status", said).headers["Location"]

    status = "in_progress"
    assert goes_to("/my-work?turn=now") == "/my-work?turn=now"
    status = "not_started"
    assert goes_to("https://evil.example/") == f"/deliverables/{design.deliverable_id}"


def test_an_act_of_another_house_cannot_be_undone(browser_of, design):
    browser_of("art").post(f"/stages/{design.pk}/status", {"status": "in_progress"})
    act = Event.objects.get().act

    assert browser_of("stranger").post(f"/acts/{act}/undo").status_code == 409
    assert status_of(design) == "in_progress"
    assert browser_of("pat").post(f"/acts/{act}/undo").headers["Location"] == "/dashboard"
    assert status_of(design) == "not_started"
