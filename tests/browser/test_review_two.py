"""Two people at one round at the same time, and a network that comes and goes: nothing is lost, nothing is twice."""

import pytest
from playwright.sync_api import expect

from signoff.feedback.models import Annotation, Comment, Draft, FeedbackItem
from signoff.revisions.actions import release_round
from signoff.revisions.models import Revision
from tests.browser.reviewing import drag, film, hero, opened, send, write
from tests.browser.waiting import until

__all__ = ["film", "hero"]  # fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SOON = 20_000


def texts(page):
    return page.locator(".comment:not([hidden]) .comment-text").all_inner_texts()


def test_two_people_draw_and_comment_at_the_same_time(enter, hero):
    pat, rev = opened(enter("pat"), hero), opened(enter("rev"), hero)
    drag(pat, "r", (0.2, 0.2), (0.4, 0.5))
    drag(rev, "d", (0.6, 0.6), (0.8, 0.8), steps=30)
    write(pat, "The logo")
    write(rev, "The shadow")
    for page in (pat, rev):
        page.keyboard.press("Control+Enter")
    for page in (pat, rev):
        expect(page.locator(".comment")).to_have_count(2, timeout=SOON)
        expect(page.locator("button.work-pin")).to_have_count(2)
        assert sorted(texts(page)) == ["The logo", "The shadow"]
    assert sorted(FeedbackItem.objects.values_list("number", flat=True)) == [1, 2]
    logo = Comment.objects.get(text="The logo")
    assert [[round(at, 2) for at in point] for point in logo.annotations.get().geometry["points"]] == [
        [0.2, 0.2],
        [0.4, 0.5],
    ]

    pat.locator(".comment", has_text="The shadow").click()
    expect(pat.locator("svg.marks [data-mark]")).to_have_count(1)
    rev.locator(".comment", has_text="The logo").click()
    write(pat, "I am still writing")
    rev.get_by_role("button", name="Verify", exact=True).click()
    expect(pat.locator(".comment", has_text="The logo").locator(".item-state")).to_have_text("Verified", timeout=SOON)
    expect(pat.locator("#room-checklist header")).to_contain_text("1 of 2 verified")
    expect(pat.locator("#new-comment")).to_have_value("I am still writing")


@pytest.mark.timeout(300)
def test_a_network_that_is_away_loses_nothing_and_doubles_nothing(enter, hero):
    pat, rev = opened(enter("pat"), hero), opened(enter("rev"), hero)
    send(pat, "Before")
    expect(rev.locator(".comment")).to_have_count(1, timeout=SOON)
    pat.context.set_offline(True)
    drag(pat, "a", (0.3, 0.3), (0.5, 0.5))
    send(pat, "On the train, one")
    send(pat, "On the train, two")
    send(rev, "Meanwhile")
    expect(pat.locator(".waiting-row.is-unsent")).to_have_count(2, timeout=SOON)
    write(pat, "Half a thought")
    pat.wait_for_timeout(60_000)
    pat.context.set_offline(False)
    everything = ["Before", "Meanwhile", "On the train, one", "On the train, two"]
    for page in (pat, rev):
        expect(page.locator(".comment")).to_have_count(4, timeout=60_000)
        assert sorted(texts(page)) == everything
    expect(pat.locator(".waiting-row")).to_have_count(0)
    expect(pat.locator("#new-comment")).to_have_value("Half a thought")
    assert sorted(Comment.objects.values_list("text", flat=True)) == everything
    assert Annotation.objects.count() == 1
    expect(pat.locator(".composer-hint")).to_contain_text("Draft saved.", timeout=SOON)
    assert Draft.objects.get().content["text"] == "Half a thought"


def test_an_answer_that_is_lost_on_its_way_makes_one_comment(enter, hero):
    page = opened(enter("pat"), hero)
    lost = []

    def lose(route):
        if route.request.method != "POST" or lost:
            return route.continue_()
        route.fetch()  # it arrives, and nobody hears of it
        lost.append(route.request.url)
        route.abort("connectionreset")

    page.route("**/rounds/*/comments", lose)
    send(page, "Once")
    expect(page.locator(".waiting-row")).to_have_count(0, timeout=SOON)
    expect(page.locator(".comment")).to_have_count(1)
    page.wait_for_timeout(3_000)
    assert len(lost) == 1
    assert Comment.objects.count() == 1
    page.reload()
    expect(page.locator(".comment")).to_have_count(1)
    expect(page.locator("#new-comment")).to_have_value("")


def test_a_closed_page_costs_nothing_that_was_drawn_or_written(enter, hero):
    page = opened(enter("pat"), hero)
    drag(page, "r", (0.1, 0.1), (0.3, 0.3))
    write(page, "Not finished")
    page.reload()
    page.locator(".toolbox").wait_for()
    expect(page.locator("#new-comment")).to_have_value("Not finished")
    expect(page.locator(".marks-own [data-mark]")).to_have_count(1)


def test_another_browser_goes_on_with_the_draft(enter, hero):
    first = opened(enter("pat"), hero)
    drag(first, "r", (0.1, 0.1), (0.3, 0.3))
    write(first, "Begun at the desk")
    expect(first.locator(".composer-hint")).to_contain_text("Draft saved.", timeout=SOON)
    second = opened(enter("pat"), hero)
    expect(second.locator("#new-comment")).to_have_value("Begun at the desk")
    send(second, "Begun at the desk, sent from the sofa")
    expect(second.locator(".comment")).to_have_count(1, timeout=SOON)
    expect(first.locator(".comment")).to_have_count(1, timeout=SOON)
    assert Comment.objects.count() == 1
    assert not Draft.objects.exists()


def test_two_tabs_of_one_person_do_not_fight(enter, hero):
    first = opened(enter("pat"), hero)
    write(first, "In the first tab")
    second = opened(first.context.new_page(), hero)
    expect(second.locator("#new-comment")).to_have_value("")
    write(second, "In the second tab")
    first.reload()
    first.locator(".toolbox").wait_for()
    expect(first.locator("#new-comment")).to_have_value("In the first tab")
    expect(second.locator("#new-comment")).to_have_value("In the second tab")
    for page in (first, second):
        page.locator("#new-comment").press("Control+Enter")
    expect(first.locator(".comment")).to_have_count(2, timeout=SOON)
    assert sorted(Comment.objects.values_list("text", flat=True)) == ["In the first tab", "In the second tab"]


def test_on_a_film_the_drawing_belongs_to_its_frame(enter, film):
    page = opened(enter("pat"), film)
    field = page.get_by_label("Go to a timecode or a frame")
    field.fill("40")
    field.press("Enter")
    until(page, "location.search.includes('frame=40')")  # it is on the screen, not only on its way
    drag(page, "r", (0.2, 0.2), (0.6, 0.6))
    expect(page.locator(".marks-own [data-mark]")).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".marks-own [data-mark]")).to_have_count(0)
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".marks-own [data-mark]")).to_have_count(1)
    send(page, "This frame")
    expect(page.locator(".comment")).to_have_count(1, timeout=SOON)
    comment = Comment.objects.get()
    assert (comment.frame_in, comment.frame_out, comment.annotations.get().frame) == (40, None, 40)


def test_drawing_and_typing_stop_a_film_and_sending_lets_it_run_on(enter, film):
    page = opened(enter("pat"), film)
    page.keyboard.press("Space")
    until(page, "!document.querySelector('video').paused")
    page.locator("#new-comment").press_sequentially("Here")
    until(page, "document.querySelector('video').paused")
    frame = int(page.locator(".playhead .num").text_content())
    page.keyboard.press("Control+Enter")
    until(
        page,
        "!document.querySelector('video').paused || Number(document.querySelector('.playhead .num').textContent) > 90",
    )
    expect(page.locator(".comment")).to_have_count(1, timeout=SOON)
    assert abs(Comment.objects.get().frame_in - frame) <= 1


def test_marks_are_copied_to_another_frame_and_taken_away_again(enter, film):
    page = opened(enter("pat"), film)
    drag(page, "r", (0.2, 0.2), (0.6, 0.6))
    page.keyboard.press("v")
    drag(page, "v", (0.2, 0.4), (0.25, 0.4))
    page.keyboard.press("Control+c")
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+ArrowRight")
    until(page, "location.search.includes('frame=10')")  # it is on the screen, not only on its way
    page.keyboard.press("Control+v")
    expect(page.locator(".marks-own [data-mark]")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.locator(".marks-own [data-mark]")).to_have_count(0)
    page.keyboard.press("Control+Shift+z")
    expect(page.locator(".marks-own [data-mark]")).to_have_count(1)
    send(page, "Both frames")
    expect(page.locator(".comment")).to_have_count(1, timeout=SOON)
    assert sorted(Annotation.objects.values_list("frame", flat=True)) == [0, 10]


def test_a_client_sees_only_what_is_for_them_as_it_happens(enter, hero, cast):
    release_round(actor=cast.actor("pat"), revision=Revision.objects.get())
    pat, mia = opened(enter("pat"), hero), opened(enter("mia"), hero)
    send(pat, "Only for us")
    pat.locator('.audience-switch [data-kind="client"]').click()
    send(pat, "For you")
    expect(mia.locator(".comment")).to_have_count(1, timeout=SOON)
    assert texts(mia) == ["For you"]
    pat.locator(".comment", has_text="Only for us").click()
    pat.locator('.comment[aria-current] summary[aria-label="More"]').click()
    pat.get_by_role("button", name="Release to client…").click()
    pat.get_by_label("reads").fill("Kindly look at this")
    pat.get_by_role("button", name="Release", exact=True).click()
    expect(mia.locator(".comment")).to_have_count(2, timeout=SOON)
    assert sorted(texts(mia)) == ["For you", "Kindly look at this"]
    expect(mia.locator(".audience-switch")).to_be_hidden()
