import json
from threading import Barrier, Thread

import psycopg
import pytest
from django.db import connection, transaction

from signoff.deliverables.actions import add_deliverables, change_stage, edit_many
from signoff.deliverables.board import grid_tag
from signoff.deliverables.start import DeliverableDraft
from signoff.feedback.actions import add_comment
from signoff.feedback.models import Audience
from signoff.feedback.said import Said
from signoff.live.models import Pulse
from signoff.live.publish import CHANNEL
from signoff.projects.models import Project
from tests import factories


def beat_of(topic):
    """How often it has changed; 0 when nothing ever happened there."""
    return Pulse.objects.filter(topic=topic).values_list("beat", flat=True).first() or 0


def listening():
    wire = psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}, autocommit=True)
    wire.execute(f"LISTEN {CHANNEL}")
    return wire


def heard(wire):
    return [json.loads(note.payload) for note in wire.notifies(timeout=0.3)]


@pytest.mark.django_db(transaction=True)
def test_a_change_is_heard_with_ids_only(cast, first_light, key_visual):
    wire = listening()
    design = factories.stage(key_visual, "Design")
    change_stage(actor=cast.actor("art"), stage=design, changes={"status": "in_progress"})
    assert heard(wire) == [
        {
            "o": str(cast.organization.pk),
            "p": str(first_light.pk),
            "d": str(key_visual.pk),
            "s": str(design.pk),
            "a": str(cast.art.pk),
            "u": None,
            "v": "stage.changed",
            "b": 1,
        }
    ]


@pytest.mark.django_db(transaction=True)
def test_what_is_internal_says_so_on_the_wire(cast, key_visual):
    round = factories.revision(key_visual, is_released=True)
    wire = listening()
    for audience in Audience:
        add_comment(actor=cast.actor("rev"), revision=round, said=Said(text="Too low", audience=audience))
    told = [(m["v"], m.get("i")) for m in heard(wire) if not m["u"]]
    assert told == [("comment.added", True), ("comment.added", None)]


@pytest.mark.django_db(transaction=True)
def test_who_is_told_hears_of_the_inbox(cast, key_visual):
    wire = listening()
    review = factories.stage(key_visual, "Internal review")
    change_stage(actor=cast.actor("art"), stage=review, changes={"status": "in_review"})
    assert [(m["v"], m["u"]) for m in heard(wire)] == [
        ("stage.submitted", None),
        ("inbox.changed", str(cast.pat.pk)),
    ]


@pytest.mark.django_db(transaction=True)
def test_many_changes_of_one_act_are_one_message(cast, first_light):
    wire = listening()
    rows = add_deliverables(
        actor=cast.actor("pat"), project=first_light, drafts=[DeliverableDraft(f"Poster {n}") for n in range(50)]
    )
    edit_many(
        actor=cast.actor("pat"),
        project=first_light,
        deliverable_ids=[r.pk for r in rows],
        changes={"priority": "low"},
    )
    assert [(m["v"], m["d"], m["many"], m["b"]) for m in heard(wire)] == [
        ("deliverable.added", None, True, 1),
        ("deliverable.changed", None, True, 2),
    ]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_heard_and_leaves_no_beat(cast, first_light, key_visual):
    wire = listening()
    with transaction.atomic():
        change_stage(
            actor=cast.actor("art"), stage=factories.stage(key_visual, "Design"), changes={"status": "skipped"}
        )
        transaction.set_rollback(True)
    assert (heard(wire), beat_of(first_light.pk)) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_every_commit_changes_the_grids_tag_however_they_overlap(cast, first_light):
    rows = [factories.deliverable(first_light, f"Poster {n}") for n in range(4)]
    art, start, tags = cast.actor("art"), Barrier(4), []

    def work(row):
        start.wait()
        for status in ("in_progress", "not_started") * 5:
            change_stage(actor=art, stage=factories.stage(row, "Design"), changes={"status": status})
            tags.append(grid_tag(Project.objects.filter(pk=first_light.pk)))
        connection.close()

    threads = [Thread(target=work, args=[row]) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(tags)) > 1 and grid_tag(Project.objects.filter(pk=first_light.pk)).startswith('W/"g40.0.')
    assert beat_of(first_light.pk) == 40
