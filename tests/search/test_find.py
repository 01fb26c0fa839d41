import pytest

from signoff.search.find import find
from tests import factories


@pytest.fixture
def shelf(cast, campaign):
    bottle = factories.project(cast.organization, "Bottle relaunch", job_number="20418", client_team=cast.kolibri)
    factories.deliverable(bottle, "Key visual")
    factories.deliverable(bottle, "Bottle film 30s")
    train = factories.project(cast.organization, "Night train", job_number="20419", client_team=cast.norra)
    factories.deliverable(train, "Key visual, landscape")
    theirs = factories.project(cast.elsewhere, "Bottle of theirs", job_number="20418")
    factories.deliverable(theirs, "Key visual")
    return bottle


def titles(cast, who, text):
    return [(one.kind, one.title) for one in find(cast.actor(who), text)]


def test_the_nearest_come_first(cast, shelf):
    assert titles(cast, "pat", "bottle") == [("project", "Bottle relaunch"), ("deliverable", "Bottle film 30s")]
    assert titles(cast, "pat", "20418") == [("project", "Bottle relaunch")]
    assert titles(cast, "pat", "2041") == [("project", "Night train"), ("project", "Bottle relaunch")]
    assert titles(cast, "pat", "visual key") == [
        ("deliverable", "Key visual, landscape"),
        ("deliverable", "Key visual"),
    ]
    assert titles(cast, "pat", "art") == [("person", "Art Maker")]


def test_words_of_the_project_narrow_its_deliverables(cast, shelf):
    assert titles(cast, "pat", "key 20418") == [("deliverable", "Key visual")]


@pytest.mark.parametrize("slip", ["botle", "bottel", "boottle", "relaunhc", "relonch"])
def test_a_slip_is_forgiven(cast, shelf, slip):
    assert ("project", "Bottle relaunch") in titles(cast, "pat", slip)


def test_everyone_finds_only_what_they_see(cast, shelf):
    assert titles(cast, "mia", "key visual") == [("deliverable", "Key visual")]
    assert titles(cast, "mia", "art") == []
    assert titles(cast, "stranger", "bottle") == [("project", "Bottle of theirs")]


@pytest.mark.parametrize("text", ["", "   ", "\x00", "%", "_", "' OR 1=1 --", "🎬", "x" * 10_000])
def test_nothing_is_found_for_nothing_that_is_there(cast, shelf, text):
    assert titles(cast, "pat", text) == []


def test_it_asks_three_times_however_much_there_is(cast, shelf, django_assert_num_queries):
    pat = cast.actor("pat")
    for number in range(3):
        factories.deliverable(shelf, f"Bottle {number}")
    with django_assert_num_queries(3):
        find(pat, "bottle key")


def test_the_archive_comes_after_the_living(cast, shelf):
    factories.project(cast.organization, "Bottle 1999", job_number="1", archived_on="2000-01-01")

    assert titles(cast, "pat", "bottle") == [
        ("project", "Bottle relaunch"),
        ("deliverable", "Bottle film 30s"),
        ("project", "Bottle 1999"),
    ]
