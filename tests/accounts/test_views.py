from uuid import uuid4

import pytest

from signoff.accounts.actions import remove_view, save_view
from signoff.accounts.errors import NoSuchPage
from signoff.accounts.models import SavedView
from signoff.audit.models import Event
from signoff.core.actor import Actor
from signoff.core.errors import NotAllowed
from signoff.core.text import BadText
from tests.together import at_once


def save(cast, who="pat", **values):
    given = {"name": "Late", "page": "projects", "query": "?due=late"} | values
    return save_view(actor=cast.actor(who), organization=cast.organization, **given)


def names(cast, who) -> set[str]:
    return {view.name for view in SavedView.objects.visible_to(cast.actor(who))}


def test_the_same_name_on_the_same_page_is_replaced(cast):
    first, again = save(cast), save(cast, query="due=late&team=x")
    on_a_grid = save(cast, page="grid", project_id=uuid4())
    assert (first.pk, again.query) == (again.pk, "due=late&team=x")
    assert set(SavedView.objects.all()) == {again, on_a_grid}


def test_shared_views_are_seen_by_the_house_but_no_client_and_own_ones_by_oneself(cast):
    save(cast, name="Mine")
    save(cast, name="Ours", is_shared=True)
    save_view(
        actor=cast.actor("stranger"), organization=cast.elsewhere, name="Theirs", page="work", query="", is_shared=True
    )
    assert {who: names(cast, who) for who in ("pat", "art", "mia", "stranger")} == {
        "pat": {"Mine", "Ours"},
        "art": {"Ours"},
        "mia": set(),
        "stranger": {"Theirs"},
    }


@pytest.mark.parametrize("who", ["art", "rev", "mia"])
def test_who_may_not_share_keeps_views_to_themselves(cast, who):
    with pytest.raises(NotAllowed):
        save(cast, who, is_shared=True)
    save(cast, who)
    assert list(SavedView.objects.values_list("is_shared", flat=True)) == [False]


@pytest.mark.parametrize(
    ("values", "refusal", "field"),
    [
        ({"name": ""}, BadText, "name"),
        ({"name": "x" * 81}, BadText, "name"),
        ({"query": "x" * 2001}, BadText, "query"),
        ({"query": "a\x00"}, BadText, "query"),
        ({"page": "secrets"}, NoSuchPage, "page"),
    ],
)
def test_a_view_that_cannot_be_is_refused(cast, values, refusal, field):
    with pytest.raises(refusal) as refused:
        save(cast, **values)
    assert (refused.value.detail, SavedView.objects.count()) == ({"field": field}, 0)


def test_nobody_saves_into_another_house_and_the_system_has_no_views(cast):
    with pytest.raises(NotAllowed):
        save(cast, "stranger")
    with pytest.raises(NotAllowed):
        save_view(
            actor=Actor.system("cli", cast.organization.pk),
            organization=cast.organization,
            name="X",
            page="work",
            query="",
        )


def test_own_views_are_removed_once_and_those_of_others_only_by_who_shares(cast):
    mine, ours = save(cast, "art"), save(cast, "pat", is_shared=True)
    with pytest.raises(NotAllowed):
        remove_view(actor=cast.actor("art"), view=ours)
    remove_view(actor=cast.actor("art"), view=mine)
    remove_view(actor=cast.actor("art"), view=mine)
    remove_view(actor=cast.actor("ada"), view=ours)
    assert SavedView.objects.count() == 0
    assert (
        list(Event.objects.order_by("id").values_list("verb", flat=True)) == ["view.saved"] * 2 + ["view.removed"] * 2
    )


@pytest.mark.django_db(transaction=True)
def test_the_same_view_saved_twice_at_once_is_one(cast):
    assert at_once(lambda: save(cast), lambda: save(cast)) == ["done", "done"]
    assert SavedView.objects.count() == 1
