"""Drawing with a finger, saying something anew, files and names that go with a note."""

import pytest
from playwright.sync_api import expect

from signoff.feedback.models import Annotation, Attachment, Comment
from tests.browser.reviewing import drag, hero, opened, send, write

__all__ = ["hero"]  # fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SOON = 20_000


def fingers(page):
    """`touch("touchMove", (0.5, 0.5))`: fingers on the picture, at fractions of it."""
    device = page.context.new_cdp_session(page)

    def touch(kind, *points):
        box = page.locator(".view-picture").bounding_box()
        at = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
        touching = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(at)]
        device.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touching})

    return touch


def test_a_finger_draws_on_a_phone_and_two_fingers_do_not(enter, hero):
    page = enter("pat")
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, hero)
    page.get_by_role("button", name="Draw", exact=True).first.click()
    touch = fingers(page)
    touch("touchStart", (0.3, 0.3))
    for step in range(1, 9):
        touch("touchMove", (0.3 + step * 0.04, 0.3 + step * 0.02))
    touch("touchEnd")
    expect(page.locator(".marks-own [data-mark]")).to_have_count(1)
    touch("touchStart", (0.5, 0.7))
    touch("touchMove", (0.52, 0.7))
    touch("touchStart", (0.52, 0.7), (0.7, 0.8))
    touch("touchMove", (0.45, 0.7), (0.8, 0.8))
    touch("touchEnd")
    page.wait_for_timeout(300)
    expect(page.locator(".marks-own [data-mark]")).to_have_count(1)
    write(page, "With a finger")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".comment")).to_have_count(1, timeout=SOON)
    mark = Annotation.objects.get()
    first, last = mark.geometry["points"][0], mark.geometry["points"][-1]
    assert mark.kind == "pen"
    assert [round(at, 2) for at in (*first, *last)] == pytest.approx([0.3, 0.3, 0.62, 0.46], abs=0.02)


def test_a_comment_and_its_drawing_are_said_anew(enter, hero):
    page = opened(enter("pat"), hero)
    drag(page, "r", (0.2, 0.2), (0.4, 0.4))
    send(page, "Tpyo")
    page.locator(".comment", has_text="Tpyo").click()
    page.locator('.comment[aria-current] summary[aria-label="More"]').click()
    page.get_by_role("button", name="Edit", exact=True).click()
    expect(page.locator("#new-comment")).to_have_value("Tpyo")
    drag(page, "v", (0.2, 0.3), (0.3, 0.3))
    send(page, "Typo")
    expect(page.locator(".comment-text")).to_have_text("Typo", timeout=SOON)
    expect(page.locator(".comment-foot")).to_contain_text("edited")
    points = Annotation.objects.get().geometry["points"]
    assert [[round(at, 2) for at in point] for point in points] == [[0.3, 0.2], [0.5, 0.4]]
    assert Comment.objects.get().region["x"] == pytest.approx(0.3, abs=0.01)


def test_words_stand_on_the_picture(enter, hero):
    page = opened(enter("pat"), hero)
    drag(page, "t", (0.4, 0.4), (0.4, 0.4))
    page.locator(".draw-text").fill("<b>Sky</b>")
    page.keyboard.press("Enter")
    expect(page.locator(".marks-own text")).to_have_text("<b>Sky</b>")
    send(page, "")
    expect(page.locator(".comment")).to_have_count(1, timeout=SOON)
    assert Annotation.objects.get().geometry["text"] == "<b>Sky</b>"


def test_a_file_and_a_name_go_with_a_note(enter, hero, cast, tmp_path):
    page = opened(enter("pat"), hero)
    (tmp_path / "reference.txt").write_text("warmer")
    page.locator(".composer input[type=file]").set_input_files(tmp_path / "reference.txt")
    page.locator("#new-comment").press_sequentially("Like this, @Re")
    expect(page.locator(".mention-list [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".comment-file")).to_contain_text("reference.txt", timeout=SOON)
    expect(page.locator(".comment .mention")).to_have_text("@Rev Reviewer")
    assert Attachment.objects.get().size == 6
    assert list(Comment.objects.get().mentions.all()) == [cast.rev]
    with page.expect_download() as loading:
        page.locator(".comment-file").click()
    assert loading.value.path().read_text() == "warmer"


def test_an_answer_stands_below_what_it_answers(enter, hero):
    pat, rev = opened(enter("pat"), hero), opened(enter("rev"), hero)
    send(pat, "Warmer?")
    rev.locator(".comment", has_text="Warmer?").click(timeout=SOON)
    rev.get_by_role("button", name="Reply").click()
    expect(rev.locator(".composer-anchor")).to_contain_text("Answer to Pat Producer: Warmer?")
    send(rev, "Yes, by 5 %")
    expect(pat.locator(".comment-reply")).to_contain_text("Yes, by 5 %", timeout=SOON)
    expect(pat.locator(".comment")).to_have_count(1)
