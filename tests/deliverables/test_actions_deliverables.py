from threading import Barrier, Thread

import pytest
from django.db import connection

from signoff.audit.models import Event
from signoff.core.changes import ChangedMeanwhile
from signoff.core.errors import NotAllowed
from signoff.core.text import BadText
from signoff.deliverables.actions import (
    add_deliverable,
    add_deliverables,
    change_deliverable,
    change_stage,
    mark_delivered,
    remove_deliverable,
    undo_act,
    unmark_delivered,
)
from signoff.deliverables.errors import HasRounds, NotApprovedYet, NothingToUndo, SlugTaken
from signoff.deliverables.models import Deliverable, Stage
from signoff.deliverables.start import DeliverableDraft
from signoff.notifications.models import Notification
from signoff.projects.actions import archive_project
from signoff.projects.errors import BadCustomValue, ProjectArchived
from signoff.projects.models import CustomField
from tests import factories


def test_a_deliverable_gets_the_stages_of_the_default_pipeline(cast, first_light):
    row = add_deliverable(
        actor=cast.actor("pat"), project=first_light, draft=DeliverableDraft("Key visual, landscape", assignee=cast.art)
    )
    assert (row.slug, row.position, row.status) == ("key-visual-landscape", 1, "not_started")
    assert list(row.stages.values_list("definition__name", "position", "approval_type", "status")) == [
        ("Design", 1, "none", "not_started"),
        ("Internal review", 2, "simple", "not_started"),
        ("Client approval", 3, "simple", "not_started"),
    ]
    assert list(Notification.objects.values_list("recipient__name", "event__verb", "reason")) == [
        ("Art Maker", "deliverable.added", "assigned")
    ]


@pytest.mark.parametrize("who", ["art", "rev", "mia", "stranger"])
def test_others_may_not_add(cast, first_light, who):
    with pytest.raises(NotAllowed):
        add_deliverable(actor=cast.actor(who), project=first_light, draft=DeliverableDraft("X"))
    assert Deliverable.objects.count() == 0


@pytest.mark.parametrize(
    "name",
    ["キービジュアル", "Плакат А1", "ملصق", "🦜 parrot", 'It\'s "quoted"', "<script>alert(1)</script>", "Ａ１ wide"],
)
def test_names_of_every_script_are_kept_as_they_are(cast, first_light, name):
    row = add_deliverable(actor=cast.actor("pat"), project=first_light, draft=DeliverableDraft(name))
    assert (Deliverable.objects.get().name, "_" in row.slug, bool(row.slug)) == (name, False, True)


@pytest.mark.parametrize("name", ["", "   ", "a\x00b", "x" * 201, "x" * 10_000, "\u200b" and "\x1b[31m"])
def test_names_that_cannot_be_are_refused_at_their_field(cast, first_light, name):
    with pytest.raises(BadText) as refusal:
        add_deliverable(actor=cast.actor("pat"), project=first_light, draft=DeliverableDraft(name))
    assert refusal.value.detail == {"field": "name"}
    assert (Deliverable.objects.count(), Event.objects.count()) == (0, 0)


def test_many_are_added_all_or_none(cast, first_light, django_assert_num_queries):
    drafts = [DeliverableDraft("Poster"), DeliverableDraft("Poster"), DeliverableDraft("")]
    with pytest.raises(BadText):
        add_deliverables(actor=cast.actor("pat"), project=first_light, drafts=drafts)
    assert Deliverable.objects.count() == 0
    actor = cast.actor("pat")
    with django_assert_num_queries(9):
        add_deliverables(actor=actor, project=first_light, drafts=drafts[:1])
    with django_assert_num_queries(9):
        add_deliverables(actor=actor, project=first_light, drafts=drafts[:2] * 20)
    assert list(Deliverable.objects.values_list("slug", flat=True)[:3]) == ["poster", "poster-2", "poster-3"]


@pytest.mark.django_db(transaction=True)
def test_two_adding_the_same_name_at_once_get_two_slugs_and_places(cast, first_light):
    start, pat = Barrier(2), cast.actor("pat")

    def add():
        start.wait()
        add_deliverable(actor=pat, project=first_light, draft=DeliverableDraft("Poster"))
        connection.close()

    threads = [Thread(target=add) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(Deliverable.objects.order_by("position").values_list("slug", "position")) == [
        ("poster", 1),
        ("poster-2", 2),
    ]


def test_changes_are_told_with_old_and_new(cast, key_visual):
    change_deliverable(
        actor=cast.actor("pat"), deliverable=key_visual, changes={"priority": "urgent", "assignee": cast.art}
    )
    event = Event.objects.get()
    assert (event.verb, event.changes, event.data) == (
        "deliverable.changed",
        {"priority": ["normal", "urgent"], "assignee": [None, str(cast.art.pk)]},
        {"labels": {"assignee": ["", "Art Maker"]}},
    )


def test_an_old_version_is_refused(cast, key_visual):
    change_deliverable(actor=cast.actor("pat"), deliverable=key_visual, changes={"name": "One"}, version=1)
    with pytest.raises(ChangedMeanwhile) as refusal:
        change_deliverable(actor=cast.actor("ada"), deliverable=key_visual, changes={"name": "Two"}, version=1)
    assert refusal.value.detail["current"]["name"] == "One"


def test_a_taken_slug_is_refused_and_nothing_else_changes(cast, first_light, key_visual):
    factories.deliverable(first_light, "Poster")
    with pytest.raises(SlugTaken):
        change_deliverable(actor=cast.actor("pat"), deliverable=key_visual, changes={"name": "New", "slug": "poster"})
    assert Deliverable.objects.get(pk=key_visual.pk).name == "Key visual"


@pytest.mark.parametrize("slug", ["under_score", "Upper", "a--b", "-a", "", "a" * 81])
def test_a_slug_that_would_not_parse_back_is_refused(cast, key_visual, slug):
    with pytest.raises(BadText):
        change_deliverable(actor=cast.actor("pat"), deliverable=key_visual, changes={"slug": slug})


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("text", " Paper ", "Paper"),
        ("number", "12,5", 12.5),
        ("number", 3.0, 3),
        ("date", "9999-12-31", "9999-12-31"),
        ("date", "1900-01-01", "1900-01-01"),
        ("choice", "matt", "Matt"),
        ("checkbox", "yes", True),
        ("checkbox", False, False),
    ],
)
def test_custom_values_are_kept_in_their_kind(cast, key_visual, kind, given, kept):
    CustomField.objects.create(
        organization=cast.organization, subject="deliverable", key="f", name="F", kind=kind, choices=["Matt", "Gloss"]
    )
    change_deliverable(actor=cast.actor("pat"), deliverable=key_visual, changes={"custom": {"f": given}})
    assert Deliverable.objects.get(pk=key_visual.pk).custom == {"f": kept}
    change_deliverable(actor=cast.actor("pat"), deliverable=key_visual, changes={"custom": {"f": None}})
    assert Deliverable.objects.get(pk=key_visual.pk).custom == {}


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("number", "many"),
        ("number", "nan"),
        ("date", "31.11.26"),
        ("choice", "Silk"),
        ("checkbox", "perhaps"),
        ("person", "art"),
    ],
)
def test_custom_values_that_cannot_be_are_refused_at_their_field(cast, key_visual, kind, value):
    CustomField.objects.create(
        organization=cast.organization, subject="deliverable", key="f", name="F", kind=kind, choices=["Matt"]
    )
    with pytest.raises(BadCustomValue) as refusal:
        change_deliverable(actor=cast.actor("pat"), deliverable=key_visual, changes={"custom": {"f": value}})
    assert refusal.value.detail == {"field": "custom.f"}


def test_another_houses_field_is_unknown(cast, key_visual):
    CustomField.objects.create(organization=cast.elsewhere, subject="deliverable", key="f", name="F")
    with pytest.raises(BadCustomValue):
        change_deliverable(actor=cast.actor("pat"), deliverable=key_visual, changes={"custom": {"f": "x"}})


def test_a_removed_deliverable_comes_back_whole(cast, key_visual):
    change_stage(actor=cast.actor("art"), stage=factories.stage(key_visual, "Design"), changes={"status": "approved"})
    before = (list(Deliverable.objects.values()), list(Stage.objects.order_by("position").values()))
    act = remove_deliverable(actor=cast.actor("pat"), deliverable=key_visual)
    assert (Deliverable.objects.count(), Stage.objects.count()) == (0, 0)

    assert undo_act(actor=cast.actor("pat"), act=act).undone == 1
    after = (list(Deliverable.objects.values()), list(Stage.objects.order_by("position").values()))
    ours = {"created_at", "updated_at", "status_since"}
    plain = [[{k: v for k, v in row.items() if k not in ours} for row in rows] for rows in (*before, *after)]
    assert plain[:2] == plain[2:]
    with pytest.raises(NothingToUndo):
        undo_act(actor=cast.actor("pat"), act=act)


def test_what_had_rounds_is_not_removed(cast, key_visual):
    Deliverable.objects.update(round=1)
    with pytest.raises(HasRounds):
        remove_deliverable(actor=cast.actor("pat"), deliverable=key_visual)


def test_a_number_set_by_a_spreadsheet_removes_no_rounds(cast, key_visual):
    factories.revision(key_visual)
    Deliverable.objects.update(round=0)
    with pytest.raises(HasRounds):
        remove_deliverable(actor=cast.actor("pat"), deliverable=key_visual)


def test_only_what_is_approved_is_delivered(cast, key_visual):
    with pytest.raises(NotApprovedYet):
        mark_delivered(actor=cast.actor("pat"), deliverable=key_visual)
    Stage.objects.update(approval_type="none")
    for stage in Stage.objects.select_related("deliverable__project"):
        change_stage(actor=cast.actor("art"), stage=stage, changes={"status": "approved"})
    assert mark_delivered(actor=cast.actor("pat"), deliverable=key_visual).status == "delivered"
    assert mark_delivered(actor=cast.actor("pat"), deliverable=key_visual).status == "delivered"
    assert Event.objects.filter(verb="deliverable.changed").count() == 1
    assert unmark_delivered(actor=cast.actor("pat"), deliverable=key_visual).status == "approved"


def test_nothing_changes_in_an_archived_project(cast, first_light, key_visual):
    archive_project(actor=cast.actor("pat"), project=first_light)
    design = factories.stage(key_visual, "Design")
    acts = [
        lambda: add_deliverable(actor=cast.actor("pat"), project=first_light, draft=DeliverableDraft("X")),
        lambda: change_deliverable(actor=cast.actor("pat"), deliverable=key_visual, changes={"name": "X"}),
        lambda: remove_deliverable(actor=cast.actor("pat"), deliverable=key_visual),
        lambda: change_stage(actor=cast.actor("art"), stage=design, changes={"status": "in_progress"}),
    ]
    for act in acts:
        with pytest.raises(ProjectArchived):
            act()


def test_undo_leaves_what_changed_since_and_says_so(cast, key_visual):
    change_deliverable(actor=cast.actor("pat"), deliverable=key_visual, changes={"name": "One"})
    act = Event.objects.get().act
    change_deliverable(actor=cast.actor("ada"), deliverable=key_visual, changes={"name": "Two"})
    result = undo_act(actor=cast.actor("pat"), act=act)
    assert (result.undone, result.kept) == (0, ["One"])
    assert Deliverable.objects.get(pk=key_visual.pk).name == "Two"


def test_a_foreign_act_cannot_be_undone(cast, key_visual):
    change_deliverable(actor=cast.actor("pat"), deliverable=key_visual, changes={"name": "One"})
    act = Event.objects.get().act
    with pytest.raises(NothingToUndo):
        undo_act(actor=cast.actor("stranger"), act=act)
    with pytest.raises(NotAllowed):
        undo_act(actor=cast.actor("art"), act=act)
