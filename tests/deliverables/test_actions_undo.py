from uuid import UUID

import pytest

from signoff.accounts.models import Membership, Role
from signoff.audit.models import Event
from signoff.core.actor import Actor, ActorKind
from signoff.core.errors import NotAllowed
from signoff.core.ids import new_id
from signoff.deliverables.actions import change_deliverable, change_stage, remove_deliverable, undo_act
from signoff.deliverables.models import Deliverable, Stage
from signoff.projects.actions import archive_project
from tests import factories
from tests.cast import Cast
from tests.together import at_once


def key_actor(cast: Cast, *scopes: str) -> Actor:
    """Every key of a house acts as the same service user."""
    return Actor(
        kind=ActorKind.API_KEY,
        label="Sync",
        organization_id=cast.organization.pk,
        user_id=UUID(int=7),
        role=Role.INTEGRATION,
        scopes=frozenset(scopes),
    )


def test_a_key_that_only_reads_takes_nothing_back(cast: Cast, key_visual: Deliverable) -> None:
    act = new_id()
    change_deliverable(actor=key_actor(cast, "write"), deliverable=key_visual, changes={"notes": "New"}, act=act)
    for scope in ("read", "approve", "export"):
        with pytest.raises(NotAllowed):
            undo_act(actor=key_actor(cast, scope), act=act)
    assert undo_act(actor=key_actor(cast, "write"), act=act).undone == 1


def test_who_may_plan_no_more_takes_back_no_plan(cast: Cast, key_visual: Deliverable) -> None:
    act = new_id()
    change_deliverable(actor=cast.actor("pat"), deliverable=key_visual, changes={"notes": "New"}, act=act)
    Membership.objects.filter(user=cast.pat).update(role=Role.MAKER)
    with pytest.raises(NotAllowed):
        undo_act(actor=cast.actor("pat"), act=act)


def test_a_maker_takes_back_what_they_handed_in(cast: Cast, key_visual: Deliverable) -> None:
    stage, act = factories.stage(key_visual, "Design"), new_id()
    change_stage(actor=cast.actor("art"), stage=stage, changes={"status": "in_progress"}, act=act)
    assert undo_act(actor=cast.actor("art"), act=act).undone == 1


def test_a_removed_deliverable_does_not_come_back_into_an_archived_project(cast: Cast, key_visual: Deliverable) -> None:
    project = key_visual.project
    act = remove_deliverable(actor=cast.actor("pat"), deliverable=key_visual)
    archive_project(actor=cast.actor("pat"), project=project)
    assert undo_act(actor=cast.actor("pat"), act=act).undone == 0
    assert Deliverable.objects.filter(project=project).count() == 0


@pytest.mark.parametrize(("approval_type", "undone"), [("none", 1), ("formal", 0)])
def test_what_only_decisions_approve_is_not_approved_by_undoing(
    cast: Cast, key_visual: Deliverable, approval_type: str, undone: int
) -> None:
    stage, act = factories.stage(key_visual, "Design"), new_id()
    change_stage(actor=cast.actor("pat"), stage=stage, changes={"status": "approved"})
    change_stage(actor=cast.actor("pat"), stage=stage, changes={"status": "in_progress"}, act=act)
    Stage.objects.filter(pk=stage.pk).update(approval_type=approval_type)  # the pipeline was edited meanwhile
    assert undo_act(actor=cast.actor("pat"), act=act).undone == undone
    assert factories.stage(key_visual, "Design").status == ("approved" if undone else "in_progress")


@pytest.mark.django_db(transaction=True)
def test_undo_twice_at_once_is_once(cast: Cast, key_visual: Deliverable) -> None:
    pat = cast.actor("pat")
    act = remove_deliverable(actor=pat, deliverable=key_visual)
    outcomes = at_once(*[lambda: undo_act(actor=pat, act=act)] * 4)
    assert outcomes == ["done", "nothing_to_undo", "nothing_to_undo", "nothing_to_undo"]
    assert (Deliverable.objects.count(), Event.objects.filter(verb="change.undone").count()) == (1, 1)
