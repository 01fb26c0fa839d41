"""The comparison: which two rounds it opens for whom, what it hands to the island, and what that costs."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from signoff.feedback.actions import add_comment, submit_round
from signoff.feedback.models import Audience
from signoff.feedback.said import Said
from signoff.revisions import actions
from signoff.revisions.models import Revision
from tests import factories
from tests.files import add_round, picture, send
from tests.web.test_looking import look

HTMX = {"HX-Request": "true"}
STATEMENTS = 21


@pytest.fixture
def address(key_visual):
    return f"/deliverables/{key_visual.pk}/compare"


@pytest.fixture
def rounds(cast, key_visual):
    """Rounds 1 and 2 were shown to the client, 3 and 4 are internal."""

    def made(number):
        key_visual.refresh_from_db()
        round_ = add_round(cast.actor("art"), key_visual, picture(colour=f"#0000{number}0"), note=f"Take {number}")
        if number < 3:
            actions.release_round(actor=cast.actor("pat"), revision=round_)
        return Revision.objects.select_related("deliverable__project").get(pk=round_.pk)

    return [made(number) for number in (1, 2, 3, 4)]


def props_of(browser, address):
    page = browser.get(address).content.decode()
    return json.loads(re.search(r'<script id="room-props" type="application/json">(.*?)</script>', page)[1])


def sides(browser, address):
    props = props_of(browser, address)
    return props["a"]["round"]["round"], props["b"]["round"]["round"]


def texts(browser, address):
    props = props_of(browser, address)
    return [[one["text"] for one in props[side]["comments"]] for side in ("a", "b")]


def test_the_newest_round_stands_beside_the_one_before_it(browser_of, rounds, address):
    assert [sides(browser_of(who), address) for who in ("art", "mia")] == [(3, 4), (1, 2)]


def test_it_stands_beside_the_last_one_about_which_who_looks_said_something(browser_of, cast, rounds, address):
    factories.comment(rounds[1], cast.rev)
    factories.comment(rounds[0], cast.rev)
    factories.comment(rounds[2], cast.pat)
    assert [sides(browser_of(who), address) for who in ("rev", "pat", "art")] == [(2, 4), (3, 4), (3, 4)]


def test_an_address_says_which_two_and_one_of_them_is_enough(browser_of, rounds, address):
    art = browser_of("art")
    asked = ["a=1&b=3", "a=4&b=2", "a=2", "a=4", "b=3", "b=1", "a=2&b=2", "a=NaN&b=-3", "a=0&b="]
    said = [sides(art, f"{address}?{one}") for one in asked]
    assert said == [(1, 3), (4, 2), (2, 4), (4, 3), (2, 3), (2, 1), (1, 2), (3, 4), (3, 4)]


def test_a_round_that_is_not_there_for_who_looks_is_not_replaced_by_another_one(browser_of, rounds, address):
    asked = ["?a=1&b=9", "?a=99999", "?a=1&b=3"]
    said = [[browser_of(who).get(address + one).status_code for one in asked] for who in ("art", "mia")]
    assert said == [[404, 404, 200], [404, 404, 404]]


def test_nobody_else_finds_the_page(browser_of, rounds, address):
    assert [browser_of(who).get(address).status_code for who in ("nils", "stranger")] == [404, 404]


def test_with_one_round_or_none_it_says_that_two_are_needed(browser_of, cast, key_visual, address):
    def said():
        return "Two rounds are needed to compare" in browser_of("art").get(address).content.decode()

    before = said()
    add_round(cast.actor("art"), key_visual)
    assert (before, said()) == (True, True)


def test_clients_read_of_rounds_and_comments_only_what_is_for_them(browser_of, cast, rounds, address):
    pat = cast.actor("pat")
    add_comment(actor=pat, revision=rounds[3], said=Said(text="Legal says no"))
    add_comment(actor=pat, revision=rounds[3], said=Said(text="Can you warm it", audience=Audience.CLIENT))
    house, before = texts(browser_of("art"), address), texts(browser_of("mia"), address)
    page = (
        browser_of("mia").get(address).content.decode() + browser_of("mia").get(address, headers=HTMX).content.decode()
    )
    hidden = ("Take 3", "Round 3", "Round 4", "Legal", "warm", str(rounds[2].pk), str(rounds[3].pk))
    assert [word for word in hidden if word in page] == []
    for revision in rounds[2:]:
        actions.release_round(actor=pat, revision=revision)
    after = texts(browser_of("mia"), address)
    assert (house, before, after) == ([[], ["Legal says no", "Can you warm it"]], [[], []], [[], ["Can you warm it"]])


def test_a_carried_note_is_on_both_sides_each_time_as_it_stood_there(browser_of, cast, key_visual, address):
    art = cast.actor("art")
    first = add_round(art, key_visual)
    first = Revision.objects.select_related("deliverable__project").get(pk=first.pk)
    said = add_comment(actor=cast.actor("rev"), revision=first, said=Said(text="Lower the sun"))
    key_visual.refresh_from_db()
    submit_round(actor=art, deliverable=key_visual, uploads=[send(art, key_visual, picture(colour="#123456")).pk])
    props = props_of(browser_of("rev"), address)
    found = [
        [(one["id"], one["note"]["round"], bool(one["note"]["may"])) for one in props[side]["comments"]]
        for side in "ab"
    ]
    assert found == [[(str(said.comment.pk), 1, False)], [(str(said.comment.pk), 1, True)]]


def test_for_live_pages_there_are_only_the_files(browser_of, rounds, address):
    answer = browser_of("art").get(f"{address}?a=1&b=2", headers=HTMX).content.decode()
    files = json.loads(re.search(r'<script id="room-files-now"[^>]*>(.*?)</script>', answer)[1])
    owned = {side: [one["id"] for one in files[side]] for side in files}
    assert owned == {side: [str(one.files.get().pk)] for side, one in zip("ab", rounds, strict=False)}
    assert (answer.count('hx-swap-oob="true"'), "room-props" in answer) == (1, False)


def test_who_looks_as_somebody_else_sees_what_they_see_and_may_do_nothing(browser_of, cast, rounds, address):
    ada = browser_of("ada")
    look(cast, ada, "mia")
    props = props_of(ada, address)
    assert (sides(ada, address), set(props["may"].values())) == ((1, 2), {False})


def test_the_review_leads_here_and_back(browser_of, key_visual, rounds, address):
    review = browser_of("art").get(f"/deliverables/{key_visual.pk}/review?round=2").content.decode()
    ways = re.findall(rf'href="{address}\?([^"]*)"', review)
    back = browser_of("art").get(f"{address}?a=1&b=2").content.decode()
    assert (ways, f'href="/deliverables/{key_visual.pk}/review?round=2"' in back) == (
        ["a=1&amp;b=2", "a=2&amp;b=4"],
        True,
    )


def test_statements_do_not_grow_with_rounds_files_and_comments(browser_of, cast, key_visual, address):
    art, browser = cast.actor("art"), browser_of("art")

    def one_more(files):
        key_visual.refresh_from_db()
        uploads = [
            send(art, key_visual, picture(colour=f"#0000{n}{key_visual.round}"), f"{n}.png").pk for n in range(files)
        ]
        made = submit_round(actor=art, deliverable=key_visual, uploads=uploads, same_is_meant=True)
        revision = Revision.objects.select_related("deliverable__project").get(pk=made.pk)
        for number in range(files):
            add_comment(actor=cast.actor("rev"), revision=revision, said=Said(text=f"Note {number}"))

    def count():
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address).status_code == 200
        return len(captured)

    one_more(1)
    one_more(1)
    browser.get(address)
    with_few = count()
    one_more(3)
    one_more(4)
    assert (with_few, count()) == (STATEMENTS, STATEMENTS)
