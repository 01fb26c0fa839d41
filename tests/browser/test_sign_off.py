"""From the first round to a signed certificate, as four people do it in their browsers."""

from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from signoff.deliverables.models import Deliverable
from signoff.feedback.models import Comment, FeedbackItem
from signoff.ops.command import main
from signoff.reviews.models import Decision
from signoff.revisions.models import Revision
from tests import factories
from tests.browser.reviewing import drag, opened, send
from tests.browser.test_review import document
from tests.browser.test_upload import SOON, choose, visit_row
from tests.browser.waiting import until
from tests.integrations.media.making import clip, numbered

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(400)]


@pytest.fixture
def poster(cast, first_light) -> Deliverable:
    """Designed, and then approved by the house formally. Nothing else."""
    stages = [("Design", "none"), ("House approval", "formal")]
    first_light.pipeline = factories.pipeline(cast.organization, "Short", stages)
    first_light.save()
    return factories.deliverable(first_light, "Poster")


def test_two_rounds_two_approvers_and_a_certificate(enter, cast, poster, run_jobs, tmp_path, capsys):
    art, rev, pat = (enter(name) for name in ("art", "rev", "pat"))
    address = f"/deliverables/{poster.pk}/review"

    name_approvers(pat, poster)
    add_round(art, poster, run_jobs, 1, round_in(tmp_path / "one", 100, 2))
    for button in ("Start: Design", "Mark done: Design", "Hand in for review: House approval"):
        art.get_by_role("button", name=button).click()
    expect(art.locator("#stages")).to_contain_text("In review", timeout=SOON)

    opened(rev, address)
    go(rev, 37)
    drag(rev, "r", (0.2, 0.2), (0.6, 0.6))
    send(rev, "The logo is cut off")
    go_to_document(rev)
    drag(rev, "a", (0.3, 0.3), (0.5, 0.5))
    send(rev, "The price is last year's")
    send(rev, "Who wrote this?")
    expect(rev.locator("#room-checklist header")).to_contain_text("0 of 3 verified", timeout=SOON)
    logo, price, who = Comment.objects.order_by("item__number")
    assert [(one.frame_in, one.page) for one in (logo, price, who)] == [(37, None), (None, 2), (None, 2)]

    opened(art, address)
    for text in (logo.text, price.text, who.text):
        art.locator(".comment", has_text=text).click()
        art.get_by_role("button", name="Mark addressed").click()
        expect(art.locator(".comment", has_text=text).locator(".item-state")).to_have_text("Addressed", timeout=SOON)
    expect(rev.locator(".comment", has_text=who.text).locator(".item-state")).to_have_text("Addressed", timeout=SOON)
    rev.locator(".comment", has_text=who.text).click()
    rev.get_by_role("button", name="Verify", exact=True).click()
    expect(rev.locator("#room-checklist header")).to_contain_text("1 of 3 verified", timeout=SOON)

    add_round(art, poster, run_jobs, 2, round_in(tmp_path / "two", 110, 3))
    carried = Revision.objects.get(round=2).sightings.order_by("item__number")
    assert [(one.item.comment_id, one.file.name, one.place) for one in carried] == [
        (logo.pk, "film.mp4", None),
        (price.pk, "claims.pdf", None),
    ]

    compare(rev, poster)
    assert set(FeedbackItem.objects.values_list("state", flat=True)) == {"verified"}

    for page in (rev, pat):
        opened(page, address)
        page.locator("#decision-panel").get_by_role("button", name="Approve 1").click()
        page.locator("#dialog").get_by_role("button", name="Decide").click()
        expect(page.locator("#dialog")).to_be_hidden(timeout=SOON)
    expect(pat.locator("#decision-panel")).to_contain_text("Approved in round 2", timeout=SOON)

    poster.refresh_from_db()
    assert (poster.status, factories.stage(poster, "House approval").status) == ("approved", "approved")
    assert [one.locked_at is not None for one in Revision.objects.order_by("round")] == [False, True]
    assert [(one.user_id, one.choice, one.result) for one in Decision.objects.order_by("number")] == [
        (cast.rev.pk, "approve", ""),
        (cast.pat.pk, "approve", "approve"),
    ]
    assert is_verified(capsys) == (0, True)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reviews_decision DISABLE TRIGGER USER")
        cursor.execute("UPDATE reviews_decision SET reason = 'I never said this' WHERE number = 1")
        cursor.execute("ALTER TABLE reviews_decision ENABLE TRIGGER USER")
    assert is_verified(capsys) == (1, False)


def name_approvers(page: Page, row: Deliverable) -> None:
    page.goto(f"/deliverables/{row.pk}")
    page.get_by_role("link", name="Approvers").click()
    page.get_by_label("Name of group 1").fill("House")
    for name in ("Rev Reviewer", "Pat Producer"):
        page.locator(".approvers-people label", has_text=name).click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#dialog")).to_be_hidden(timeout=SOON)


def round_in(folder: Path, frames: int, pages: int) -> list[Path]:
    folder.mkdir()
    (folder / "claims.pdf").write_bytes(document(pages))
    return [clip(folder / "film.mp4", frames, picture=numbered), folder / "claims.pdf"]


def add_round(page: Page, row: Deliverable, run_jobs, number: int, files: list[Path]) -> None:
    visit_row(page, row)
    choose(page, *files)
    expect(page.locator("[data-sum]")).to_contain_text("here", timeout=SOON)
    page.get_by_role("button", name=f"Add round {number}", exact=True).click()
    expect(page.locator(".toast-item")).to_contain_text(f"Round {number} is here", timeout=SOON)
    run_jobs()


def go(page: Page, frame: int) -> None:
    """As somebody types it; and until it is on the screen, not only on its way."""
    field = page.get_by_label("Go to a timecode or a frame")
    field.fill(str(frame))
    field.press("Enter")
    until(page, f"location.search.includes('frame={frame}')")


def go_to_document(page: Page) -> None:
    """The second file, its second page."""
    page.locator("[data-file]").nth(1).click()
    page.get_by_label("Next page").click()
    until(page, "location.search.includes('page=2')")


def is_verified(capsys) -> tuple[int, bool]:
    """How `signoff audit verify` ends, and whether it found everything in order."""
    capsys.readouterr()
    code = main(["audit", "verify"])
    return code, "not what was decided" not in capsys.readouterr().out


def compare(page: Page, row: Deliverable) -> None:
    """The two rounds beside each other, note by note, from the keyboard."""
    page.goto(f"/deliverables/{row.pk}/compare?a=1&b=2")
    page.locator("[data-ready]").wait_for(state="attached")
    for done in (1, 2):
        page.keyboard.press("n")
        page.keyboard.press("v")
        expect(page.locator(".carried-panel header").first).to_contain_text(f"{done} of 2 verified", timeout=SOON)
