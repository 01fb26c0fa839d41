"""Rounds: added, said anew, taken back, shown to the client."""

import pytest

from signoff.audit.models import Event
from signoff.core.errors import NotAllowed, NotFound
from signoff.deliverables.actions import change_deliverable, change_stage
from signoff.deliverables.errors import DeliverableStopped
from signoff.deliverables.models import Deliverable
from signoff.feedback import actions as feedback
from signoff.notifications.models import Notification
from signoff.projects.errors import ProjectArchived
from signoff.reviews.actions import approve_stage, request_changes
from signoff.revisions import actions
from signoff.revisions.coming import coming_round
from signoff.revisions.errors import (
    NoFiles,
    OldRound,
    ReasonNeeded,
    RoundSettled,
    RoundTaken,
    SameFiles,
    UploadGone,
    UploadNotFinished,
)
from signoff.revisions.models import MediaFile, Revision, Upload
from signoff.revisions.process import process_file
from signoff.revisions.storage import storage
from tests import factories
from tests.files import add_round, picture, send
from tests.together import at_once


def verbs():
    return list(Event.objects.order_by("id").values_list("verb", flat=True))


def told():
    return set(Notification.objects.values_list("recipient__name", "event__verb", "reason"))


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def test_art_adds_the_first_round_and_pat_hears_of_it(cast, key_visual):
    data = picture()
    revision = add_round(cast.actor("art"), key_visual, data, note="The sun is lower")

    file = MediaFile.objects.get()
    event = Event.objects.get()
    row = fresh(key_visual)
    assert (row.round, row.released_rounds, row.version) == (1, [], key_visual.version + 1)
    assert (revision.note, revision.source, revision.added_by, revision.is_chargeable) == (
        "The sun is lower",
        "upload",
        cast.art,
        False,
    )
    assert (file.name, file.size, file.position, file.kind, file.step) == (
        "hero.png",
        len(data),
        1,
        "image",
        "received",
    )
    assert b"".join(storage().read(file.key)) == data
    assert Upload.objects.count() == 0
    assert (event.verb, event.deliverable_id, event.data) == (
        "round.added",
        key_visual.pk,
        {
            "round": 1,
            "note": "The sun is lower",
            "files": [{"name": "hero.png", "size": len(data), "sha256": file.sha256}],
        },
    )
    assert told() == {("Pat Producer", "round.added", "owned")}


def test_files_keep_the_order_they_were_given_in(cast, key_visual):
    art = cast.actor("art")
    uploads = [send(art, key_visual, picture(colour=f"#00000{n}"), f"{n}.png") for n in range(3)]
    order = [uploads[2].pk, uploads[0].pk, uploads[1].pk]
    feedback.submit_round(actor=art, deliverable=key_visual, uploads=order)
    assert list(MediaFile.objects.order_by("position").values_list("name", "position")) == [
        ("2.png", 1),
        ("0.png", 2),
        ("1.png", 3),
    ]


@pytest.mark.parametrize("who", ["rev", "mia", "nils", "stranger"])
def test_who_may_not_upload_adds_nothing(cast, key_visual, who):
    upload = send(cast.actor("art"), key_visual, picture())
    with pytest.raises(NotAllowed):
        feedback.submit_round(actor=cast.actor(who), deliverable=key_visual, uploads=[upload.pk])
    assert (Revision.objects.count(), Upload.objects.count()) == (0, 1)


def test_uploads_of_somebody_else_or_of_another_deliverable_are_gone_for_this_one(cast, key_visual, first_light):
    banner = factories.deliverable(first_light, "Banner")
    of_pat = send(cast.actor("pat"), key_visual, picture())
    of_banner = send(cast.actor("art"), banner, picture())
    for upload in (of_pat, of_banner):
        with pytest.raises(UploadGone) as refusal:
            feedback.submit_round(actor=cast.actor("art"), deliverable=key_visual, uploads=[upload.pk])
        assert refusal.value.detail == {"ids": [str(upload.pk)]}
    assert Revision.objects.count() == 0


def test_a_round_needs_files_and_all_of_each(cast, key_visual):
    art = cast.actor("art")
    with pytest.raises(NoFiles):
        feedback.submit_round(actor=art, deliverable=key_visual, uploads=[])
    late = actions.begin_upload(actor=art, deliverable=key_visual, name="late.png", size=10)
    done = send(art, key_visual, picture())
    with pytest.raises(UploadNotFinished) as refusal:
        feedback.submit_round(actor=art, deliverable=key_visual, uploads=[done.pk, late.pk])
    assert refusal.value.detail == {"names": ["late.png"]}
    assert (Revision.objects.count(), Upload.objects.count(), fresh(key_visual).round) == (0, 2, 0)


def test_used_twice_an_upload_is_gone(cast, key_visual):
    art, upload = cast.actor("art"), send(cast.actor("art"), key_visual, picture())
    feedback.submit_round(actor=art, deliverable=key_visual, uploads=[upload.pk])
    with pytest.raises(UploadGone):
        feedback.submit_round(actor=art, deliverable=key_visual, uploads=[upload.pk])
    assert Revision.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_who_saw_the_same_number_add_one_round(cast, key_visual):
    art, pat = cast.actor("art"), cast.actor("pat")
    mine, theirs = send(art, key_visual, picture()), send(pat, key_visual, picture(colour="#111111"))

    def add(actor, upload):
        return lambda: feedback.submit_round(actor=actor, deliverable=key_visual, uploads=[upload.pk], round=1)

    assert at_once(add(art, mine), add(pat, theirs)) == ["done", "round_taken"]
    assert (Revision.objects.count(), MediaFile.objects.count(), Upload.objects.count()) == (1, 1, 1)


def test_the_number_that_was_seen_must_be_the_next(cast, key_visual):
    add_round(cast.actor("art"), key_visual)
    upload = send(cast.actor("art"), key_visual, picture())
    with pytest.raises(RoundTaken) as refusal:
        feedback.submit_round(actor=cast.actor("art"), deliverable=key_visual, uploads=[upload.pk], round=1)
    assert refusal.value.detail == {"round": 2}


@pytest.mark.parametrize(("said", "following"), [(7, 8), (0, 2)])
def test_a_number_from_a_spreadsheet_never_takes_a_round_twice(cast, key_visual, said, following):
    add_round(cast.actor("art"), key_visual)
    Deliverable.objects.filter(pk=key_visual.pk).update(round=said)
    assert add_round(cast.actor("art"), key_visual).round == following


def test_beyond_the_allowance_a_reason_is_kept(cast, first_light):
    row = factories.deliverable(first_light, "Poster", rounds_included=1)
    art = cast.actor("art")
    add_round(art, row)
    upload = send(art, row, picture(colour="#123456"))
    with pytest.raises(ReasonNeeded) as refusal:
        feedback.submit_round(actor=art, deliverable=row, uploads=[upload.pk], reason="  ")
    assert refusal.value.detail == {"field": "reason", "round": 2, "included": 1}
    feedback.submit_round(actor=art, deliverable=row, uploads=[upload.pk], reason="The client changed the claim")
    second = Revision.objects.get(round=2)
    assert (second.reason, second.is_chargeable) == ("The client changed the claim", True)
    assert Event.objects.get(data__round=2).data["reason"] == "The client changed the claim"


def test_the_same_files_again_are_a_question(cast, key_visual):
    art, data = cast.actor("art"), picture()
    add_round(art, key_visual, data)
    again = send(art, key_visual, data, "hero_new.png")
    with pytest.raises(SameFiles) as refusal:
        feedback.submit_round(actor=art, deliverable=key_visual, uploads=[again.pk])
    assert refusal.value.detail == {"round": 1, "same": [{"name": "hero_new.png", "was": "hero.png"}]}
    feedback.submit_round(actor=art, deliverable=key_visual, uploads=[again.pk], same_is_meant=True)
    assert fresh(key_visual).round == 2


def test_one_other_file_makes_it_another_round(cast, key_visual):
    art, data = cast.actor("art"), picture()
    add_round(art, key_visual, data)
    uploads = [send(art, key_visual, data).pk, send(art, key_visual, picture(colour="#000000")).pk]
    assert feedback.submit_round(actor=art, deliverable=key_visual, uploads=uploads).round == 2


def test_a_round_is_handed_in_with_it(cast, key_visual):
    art, pat = cast.actor("art"), cast.actor("pat")
    change_stage(actor=art, stage=factories.stage(key_visual, "Design"), changes={"status": "approved"})
    change_stage(actor=pat, stage=factories.stage(key_visual, "Internal review"), changes={"assignee": cast.rev})
    upload = send(art, key_visual, picture())
    feedback.submit_round(actor=art, deliverable=key_visual, uploads=[upload.pk], is_handed_in=True)
    assert factories.stage(key_visual, "Internal review").status == "in_review"
    added, handed_in = Event.objects.order_by("-id")[:2][::-1]
    assert (added.verb, handed_in.verb, added.act == handed_in.act) == ("round.added", "stage.submitted", True)
    assert ("Rev Reviewer", "stage.submitted", "waiting") in told()


def test_a_stage_that_nobody_approves_is_not_handed_in(cast, key_visual):
    upload = send(cast.actor("art"), key_visual, picture())
    feedback.submit_round(actor=cast.actor("art"), deliverable=key_visual, uploads=[upload.pk], is_handed_in=True)
    assert (factories.stage(key_visual, "Design").status, verbs()) == ("not_started", ["round.added"])


def test_held_and_archived_work_takes_no_round(cast, key_visual, first_light):
    art, upload = cast.actor("art"), send(cast.actor("art"), key_visual, picture())
    change_deliverable(actor=cast.actor("pat"), deliverable=key_visual, changes={"held": "on_hold"})
    with pytest.raises(DeliverableStopped):
        feedback.submit_round(actor=art, deliverable=key_visual, uploads=[upload.pk])
    change_deliverable(actor=cast.actor("pat"), deliverable=key_visual, changes={"held": ""})
    type(first_light).objects.filter(pk=first_light.pk).update(archived_on="2026-11-01")
    with pytest.raises(ProjectArchived):
        feedback.submit_round(actor=art, deliverable=key_visual, uploads=[upload.pk])
    assert Revision.objects.count() == 0


def test_what_changed_can_be_said_anew(cast, key_visual):
    revision = add_round(cast.actor("art"), key_visual, note="Sun lower")
    actions.change_round(actor=cast.actor("art"), revision=revision, note="Sun lower, can larger")
    actions.change_round(actor=cast.actor("art"), revision=revision, note="Sun lower, can larger")
    assert fresh(revision).note == "Sun lower, can larger"
    assert verbs() == ["round.added", "round.changed"]


def test_the_newest_round_can_be_taken_back_with_its_files(cast, key_visual):
    art = cast.actor("art")
    add_round(art, key_visual, picture())
    second = add_round(art, key_visual, picture(colour="#222222"))
    feedback.withdraw_round(actor=art, revision=second)
    assert list(Revision.objects.values_list("round", flat=True)) == [1]
    assert (MediaFile.objects.count(), fresh(key_visual).round) == (1, 1)
    assert verbs() == ["round.added", "round.added", "round.withdrawn"]
    with pytest.raises(NotFound):
        feedback.withdraw_round(actor=art, revision=second)


def test_older_rounds_stay(cast, key_visual):
    art = cast.actor("art")
    first = add_round(art, key_visual, picture())
    add_round(art, key_visual, picture(colour="#222222"))
    for act in (
        lambda: feedback.withdraw_round(actor=art, revision=first),
        lambda: actions.change_round(actor=art, revision=first, note="Other words"),
        lambda: feedback.replace_files(actor=art, revision=first, uploads=[send(art, key_visual, picture()).pk]),
    ):
        with pytest.raises(OldRound):
            act()
    assert Revision.objects.count() == 2


@pytest.mark.parametrize("spoken", ["approved", "sent back"])
def test_a_round_that_was_spoken_about_stays(cast, key_visual, spoken):
    art, rev = cast.actor("art"), cast.actor("rev")
    revision = add_round(art, key_visual)
    review = factories.stage(key_visual, "Internal review")
    change_stage(actor=art, stage=review, changes={"status": "in_review"})
    act = approve_stage if spoken == "approved" else request_changes
    act(actor=rev, stage=factories.stage(key_visual, "Internal review"))
    for refused in (
        lambda: feedback.withdraw_round(actor=art, revision=revision),
        lambda: actions.change_round(actor=art, revision=revision, note="Other words"),
        lambda: feedback.replace_files(actor=art, revision=revision, uploads=[send(art, key_visual, picture()).pk]),
    ):
        with pytest.raises(RoundSettled):
            refused()


def test_a_round_is_shown_to_the_client_and_taken_out_of_sight(cast, key_visual):
    pat, mia = cast.actor("pat"), cast.actor("mia")
    first, second = add_round(pat, key_visual, picture()), add_round(pat, key_visual, picture(colour="#333333"))
    assert list(Revision.objects.visible_to(mia)) == []
    actions.release_round(actor=pat, revision=second)
    actions.release_round(actor=pat, revision=second)
    assert list(Revision.objects.visible_to(mia)) == [second]
    assert list(MediaFile.objects.visible_to(mia)) == list(second.files.all())
    assert list(Revision.objects.visible_to(cast.actor("nils"))) == []
    assert list(Revision.objects.visible_to(cast.actor("stranger"))) == []
    actions.release_round(actor=pat, revision=first)
    actions.withhold_round(actor=pat, revision=second)
    assert fresh(key_visual).released_rounds == [1]
    assert verbs()[2:] == ["round.released", "round.released", "round.withheld"]


@pytest.mark.parametrize("who", ["art", "rev", "mia", "stranger"])
def test_who_may_not_show_rounds_does_not(cast, key_visual, who):
    revision = add_round(cast.actor("art"), key_visual)
    for act in (actions.release_round, actions.withhold_round):
        with pytest.raises(NotAllowed):
            act(actor=cast.actor(who), revision=revision)
    assert fresh(key_visual).released_rounds == []


def test_what_the_client_sees_is_not_taken_back(cast, key_visual):
    pat = cast.actor("pat")
    revision = add_round(pat, key_visual)
    actions.release_round(actor=pat, revision=revision)
    with pytest.raises(RoundSettled):
        feedback.withdraw_round(actor=pat, revision=revision)


def test_handing_in_what_is_with_the_client_shows_them_the_newest_round(cast, key_visual):
    art = cast.actor("art")
    add_round(art, key_visual, picture())
    add_round(art, key_visual, picture(colour="#444444"))
    client = factories.stage(key_visual, "Client approval")
    type(client.definition).objects.filter(pk=client.definition_id).update(is_with_client=True)
    change_stage(actor=art, stage=client, changes={"status": "in_review"})
    assert fresh(key_visual).released_rounds == [2]
    assert list(Revision.objects.visible_to(cast.actor("mia")).values_list("round", flat=True)) == [2]


def test_a_new_round_never_takes_a_number_that_clients_saw(cast, key_visual):
    art = cast.actor("art")
    client = factories.stage(key_visual, "Client approval")
    type(client.definition).objects.filter(pk=client.definition_id).update(is_with_client=True)
    Deliverable.objects.filter(pk=key_visual.pk).update(round=3)  # a spreadsheet says so
    change_stage(actor=art, stage=client, changes={"status": "in_review"})
    Deliverable.objects.filter(pk=key_visual.pk).update(round=2)  # and the next one corrects it
    assert coming_round(fresh(key_visual)).number == 4
    revision = add_round(art, fresh(key_visual))
    assert (revision.round, list(Revision.objects.visible_to(cast.actor("mia")))) == (4, [])


def test_the_client_gets_no_cover_of_a_round_that_was_not_shown(cast, key_visual):
    art = cast.actor("art")
    client = factories.stage(key_visual, "Client approval")
    type(client.definition).objects.filter(pk=client.definition_id).update(is_with_client=True)
    add_round(art, key_visual)
    process_file(MediaFile.objects.get().pk)
    add_round(art, key_visual, b"PK\x03\x04 and no picture", name="sources.zip")
    change_stage(actor=art, stage=client, changes={"status": "in_review"})
    row = fresh(key_visual)
    assert (row.released_rounds, row.cover is None, row.client_cover) == ([2], False, None)
