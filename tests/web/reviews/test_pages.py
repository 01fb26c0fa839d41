"""The pages of review sessions: what they show to whom, and what is done there."""

import json
import re

import pytest

from signoff.rooms.actions import conclude_session, invite_people, join_room, open_session
from signoff.rooms.models import ReviewSession
from tests import factories
from tests.rooms.conftest import banner, fresh, items_of, live, names_of, plan, weekly

__all__ = ["banner", "live", "plan", "weekly"]  # fixtures

HTMX = {"HX-Request": "true"}


def page_of(session, *parts):
    return "/".join([f"/reviews/{session.pk}", *map(str, parts)])


def test_the_list_names_what_each_sees(browser_of, weekly, plan):
    plan(name="Dailies", audience="internal")
    shown = {who: browser_of(who).get("/reviews").content.decode() for who in ("art", "mia", "nils")}

    assert {who: [name in page for name in ("Kolibri weekly", "Dailies")] for who, page in shown.items()} == {
        "art": [True, True],
        "mia": [True, False],
        "nils": [False, False],
    }


def test_a_session_is_planned_in_the_dialog(browser_of, key_visual):
    said = {"name": "Friday", "audience": "internal", "minutes_per_item": "4", "starts_at": "2026-12-04T14:00"}
    answer = browser_of("rev").post("/reviews/new", {**said, "deliverable": [str(key_visual.pk)]}, headers=HTMX)
    session = ReviewSession.objects.get()

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, page_of(session))
    assert (session.name, session.minutes_per_item, names_of(session)) == ("Friday", 4, ["Key visual"])


def test_what_is_wrong_with_a_session_is_said_at_its_field(browser_of):
    answer = browser_of("pat").post("/reviews/new", {"name": "Friday", "audience": "internal", "minutes_per_item": "0"})

    assert (answer.status_code, "minutes an item" in answer.content.decode()) == (422, True)


def test_the_builder_finds_adds_orders_and_takes_off(browser_of, weekly, first_light):
    film, pat = factories.deliverable(first_light, "Film"), browser_of("pat")
    offered = pat.get(page_of(weekly, "offers") + "?q=fil", headers=HTMX).content.decode()
    assert [name in offered for name in ("Film", "Banner")] == [True, False]

    pat.post(page_of(weekly, "items"), {"deliverable": [str(film.pk)]}, headers=HTMX)
    order = [str(one.pk) for one in reversed(items_of(weekly))]
    pat.post(page_of(weekly, "order"), {"item": order}, headers=HTMX)
    assert names_of(weekly) == ["Film", "Banner", "Key visual"]

    late = pat.post(page_of(weekly, "order"), {"item": order[:2]}, headers=HTMX)
    assert (late.status_code, "Somebody else changed the agenda" in late.headers["HX-Trigger"]) == (200, True)
    pat.post(page_of(weekly, "items", order[0], "removal"), headers=HTMX)
    assert names_of(weekly) == ["Banner", "Key visual"]


def test_everything_that_waits_is_put_on_at_once(browser_of, weekly, first_light):
    for name in ("Film", "Story"):
        row = factories.deliverable(first_light, name)
        row.stages.filter(definition__name="Design").update(status="in_review")
    browser_of("pat").post(page_of(weekly, "items"), {"kind": "waiting"}, headers=HTMX)

    assert names_of(weekly) == ["Key visual", "Banner", "Film", "Story"]


def test_an_item_is_pinned_and_given_a_reason(browser_of, weekly):
    first = items_of(weekly)[0]
    round_ = first.deliverable.revisions.get()
    said = {"reason": "The sun", "revision": str(round_.pk)}
    browser_of("pat").post(page_of(weekly, "items", first.pk), said, headers=HTMX)

    assert [(one.reason, one.revision) for one in items_of(weekly)] == [("The sun", round_), ("", None)]


def test_speaker_notes_are_read_by_who_leads_alone(browser_of, weekly):
    weekly.items.update(speaker_notes="Say the price last")
    shown = {who: browser_of(who).get(page_of(weekly)).content.decode() for who in ("pat", "rev", "ada", "art", "mia")}

    assert {who for who, page in shown.items() if "Say the price last" in page} == {"pat"}


def test_the_room_says_what_it_needs_and_no_item_that_is_hidden(browser_of, weekly, first_light, cast):
    hidden = factories.deliverable(first_light, "Film")
    factories.revision(hidden)
    browser_of("pat").post(page_of(weekly, "items"), {"deliverable": [str(hidden.pk)]}, headers=HTMX)
    names = {who: [one["name"] for one in props(browser_of(who), weekly)["items"]] for who in ("pat", "mia")}

    assert names == {"pat": ["Key visual", "Banner", "Film"], "mia": ["Key visual", "Banner"]}


def props(browser, session):
    page = browser.get(page_of(session, "room")).content.decode()
    return json.loads(re.search(r'<script id="live-props" type="application/json">(.*?)</script>', page)[1])


def test_what_the_room_opens_is_what_who_looks_may_see(browser_of, weekly, cast):
    first = items_of(weekly)[0]
    factories.revision(first.deliverable)
    newest = first.deliverable.revisions.get(round=2)
    first.speaker_notes = "Say first"
    first.save()
    pat, mia = (browser_of(who).get(page_of(weekly, "room/items", first.pk)).json() for who in ("pat", "mia"))

    assert (pat["revision"]["round"], pat["notes"]) == (2, "Say first")
    assert (mia["revision"]["round"], [one["round"] for one in mia["rounds"]], mia["notes"]) == (1, [1], None)
    assert browser_of("mia").get(page_of(weekly, "room/items", first.pk) + f"?revision={newest.pk}").status_code == 404


def test_beginning_and_ending_lead_on(browser_of, weekly, cast):
    pat = browser_of("pat")
    assert pat.post(page_of(weekly, "opening")).headers["Location"] == page_of(weekly, "room")
    assert pat.post(page_of(weekly, "conclusion")).headers["Location"] == page_of(weekly)
    assert "of 2 items decided" in pat.get(page_of(weekly)).content.decode()
    assert pat.get(page_of(weekly, "room")).headers["Location"] == page_of(weekly)

    following = pat.post(page_of(weekly, "remainder")).headers["Location"]
    assert following == page_of(ReviewSession.objects.get(follows=weekly))


def test_people_are_asked_and_not_asked(browser_of, weekly, cast):
    pat = browser_of("pat")
    pat.post(page_of(weekly, "people"), {"person": [str(cast.rev.pk)], "role": "cohost"}, headers=HTMX)
    asked = weekly.attendances.get(user=cast.rev)
    assert asked.role == "cohost"

    pat.post(page_of(weekly, "people", asked.pk, "removal"), headers=HTMX)
    assert list(weekly.attendances.values_list("user__name", flat=True)) == ["Pat Producer"]


@pytest.mark.parametrize("who", ["pat", "mia"])
def test_pages_cost_the_same_with_one_item_and_with_two(browser_of, weekly, cast, django_assert_max_num_queries, who):
    invite_people(actor=cast.actor("pat"), session=weekly, people=[cast.mia])
    open_session(actor=cast.actor("pat"), session=weekly)
    join_room(actor=cast.actor("mia"), session=weekly)
    browser = browser_of(who)
    for address in ("/reviews", page_of(weekly), page_of(weekly, "room")):
        with django_assert_max_num_queries(24):
            browser.get(address)
    conclude_session(actor=cast.actor("pat"), session=fresh(weekly))
    with django_assert_max_num_queries(26):
        browser.get(page_of(weekly))
