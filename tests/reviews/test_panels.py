import pytest

from signoff.accounts.models import Membership
from signoff.core.changes import ChangedMeanwhile
from signoff.core.errors import NotAllowed
from signoff.core.text import BadText
from signoff.deliverables.actions import change_stage, remove_deliverable, undo_act
from signoff.deliverables.models import Deliverable, Stage
from signoff.notifications.models import Notification
from signoff.reviews.actions import GroupDraft, PanelDraft, set_panel
from signoff.reviews.errors import (
    BadPanel,
    CannotApprove,
    NoMailServer,
    NotAnApprover,
    NotFormal,
    PanelWouldDecide,
    StageDecided,
)
from signoff.reviews.models import Approver, Decision, Panel
from signoff.revisions.actions import release_round
from signoff.revisions.models import Revision
from tests import factories
from tests.files import add_round
from tests.reviews.conftest import SHA
from tests.together import at_once


def test_approvers_are_named_told_and_in_the_diary(cast, named):
    stage = named(["rev", "mia"], ["ada"])
    assert sorted(Notification.objects.values_list("recipient__name", "reason")) == [
        ("Ada Admin", "waiting"),
        ("Mia Client", "waiting"),
        ("Rev Reviewer", "waiting"),
    ]
    assert set(stage.deciders) == {cast.rev.pk, cast.mia.pk, cast.ada.pk}
    assert [(one.name, one.position) for one in stage.panel.groups.all()] == [("Group 1", 1), ("Group 2", 2)]


def test_in_turn_only_the_first_are_told(cast, named):
    assert named(["rev"], ["ada"], is_serial=True).deciders == [cast.rev.pk]


def test_approvers_hear_when_the_stage_is_handed_in(cast, formal, named):
    Stage.objects.filter(pk=formal.pk).update(status="in_progress")
    named(["rev"])
    assert not Notification.objects.exists()
    change_stage(
        actor=cast.actor("art"), stage=factories.stage(formal.deliverable, formal.definition.name),
        changes={"status": "in_review"},
    )  # fmt: skip
    assert Notification.objects.filter(recipient=cast.rev, reason="waiting").count() == 1


def test_who_was_named_hears_nothing_of_a_project_that_went_to_another_client(cast, first_light, formal, named):
    named(["mia", "rev"])
    first_light.client_team = cast.norra
    first_light.save()
    Notification.objects.all().delete()
    for status in ("in_progress", "in_review"):
        change_stage(actor=cast.actor("pat"), stage=formal, changes={"status": status})
    add_round(cast.actor("art"), Deliverable.objects.get())
    release_round(actor=cast.actor("pat"), revision=Revision.objects.latest("round"))
    assert set(Notification.objects.values_list("recipient__name", flat=True)) == {"Pat Producer", "Rev Reviewer"}


@pytest.mark.parametrize("who", ["rev", "art", "mia", "stranger"])
def test_others_do_not_name_approvers(cast, formal, who):
    with pytest.raises(NotAllowed):
        set_panel(actor=cast.actor(who), stage=formal, draft=PanelDraft())


@pytest.mark.parametrize("who", ["art", "nils", "stranger"])
def test_only_people_who_decide_and_see_the_project_are_named(cast, named, who):
    with pytest.raises(CannotApprove) as refusal:
        named(["rev", who])
    assert refusal.value.detail["people"] == [str(cast.people[who].pk)]


def test_who_has_left_is_not_named(cast, named):
    Membership.objects.filter(user=cast.rev).update(is_active=False)
    with pytest.raises(CannotApprove):
        named(["rev"])


@pytest.mark.parametrize(("group", "refusal"), [
    ({"people": ()}, BadPanel),
    ({"rule": "most"}, BadPanel),
    ({"rule": "quorum"}, BadPanel),
    ({"rule": "quorum", "quorum": 2}, BadPanel),
    ({"rule": "quorum", "quorum": 0}, BadPanel),
    ({"name": " "}, BadText),
    ({"name": "x" * 81}, BadText),
])  # fmt: skip
def test_a_group_makes_sense(cast, named, group, refusal):
    with pytest.raises(refusal):
        named(GroupDraft(**{"name": "Brand", "people": (cast.rev.pk,)} | group))
    assert not Panel.objects.exists()


def test_somebody_twice_in_a_group_is_once(cast, named):
    named(GroupDraft("Brand", (cast.rev.pk, cast.rev.pk)))
    assert Approver.objects.count() == 1


@pytest.mark.parametrize(
    "values", [{"identity": "blood"}, {"remind_days": 0}, {"remind_days": 1000}, {"statement": "x" * 2000}]
)
def test_the_rest_makes_sense_too(named, values):
    with pytest.raises((BadPanel, BadText)):
        named(["rev"], **values)


def test_codes_need_a_mail_server(named, no_mail):
    with pytest.raises(NoMailServer):
        named(["rev"], identity="code")


def test_a_stage_that_is_not_formal_or_is_approved_gets_no_approvers(key_visual, formal, named):
    Stage.objects.filter(pk=formal.pk).update(approval_type="simple")
    with pytest.raises(NotFormal):
        named(["rev"])
    Stage.objects.filter(pk=formal.pk).update(
        approval_type="formal", status="approved", approved_at="2026-01-01T00:00Z"
    )
    with pytest.raises(StageDecided):
        named(["rev"])


def test_a_change_keeps_what_was_decided(named, says):
    named(["rev", "pat"])
    says("rev", "approve")
    named(["rev", "ada"])
    assert says("ada", "approve").result == "approve"
    assert Decision.objects.count() == 2


@pytest.mark.parametrize("groups", [(["rev"],), ()])
def test_a_change_of_the_approvers_decides_nothing(named, says, groups):
    named(["rev", "pat"])
    says("rev", "approve")
    with pytest.raises(PanelWouldDecide):
        named(*groups)


def test_whose_approvers_changed_while_it_was_out_of_review_is_decided_by_who_is_left(cast, key_visual, named, says):
    named(["rev", "pat"])
    says("rev", "approve")
    change_stage(actor=cast.actor("pat"), stage=stage_of(key_visual), changes={"status": "in_progress"})
    named(["rev"])
    change_stage(actor=cast.actor("pat"), stage=stage_of(key_visual), changes={"status": "in_review"})

    assert says("rev", "approve").result == "approve"
    assert (stage_of(key_visual).status, Decision.objects.count()) == ("approved", 2)
    says("rev", "approve")
    assert Decision.objects.count() == 2


def stage_of(key_visual):
    return factories.stage(key_visual, "Internal review")


def test_without_groups_nobody_is_named_any_more(cast, named, says):
    named(["rev"])
    assert named().deciders == []
    assert not Panel.objects.exists()
    assert says("ada", "approve").result == "approve"


def test_what_comes_back_without_its_panel_is_nobodys_to_decide(cast, key_visual, round_one, named, says):
    named(["ada"])
    round_one.delete()
    Deliverable.objects.update(round=0)
    act = remove_deliverable(actor=cast.actor("pat"), deliverable=key_visual)
    undo_act(actor=cast.actor("pat"), act=act)
    factories.media_file(factories.revision(Deliverable.objects.get()), sha256=SHA)
    for who in ("rev", "ada"):
        with pytest.raises(NotAnApprover):
            says(who, "approve")
    named(["ada"])
    assert says("ada", "approve").result == "approve"


def test_who_saw_another_panel_is_late(cast, formal, named):
    named(["rev"])
    with pytest.raises(ChangedMeanwhile):
        set_panel(actor=cast.actor("pat"), stage=formal, draft=PanelDraft(), version=0)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_who_saw_the_same(cast, formal):
    draft = PanelDraft([GroupDraft("Brand", (cast.rev.pk,))])
    acts = [lambda: set_panel(actor=cast.actor("pat"), stage=formal, draft=draft, version=0)] * 2
    assert at_once(*acts) == ["changed_meanwhile", "done"]
    assert Approver.objects.count() == 1
