"""Writing a decision down as it was: names, files, notes, proof. A step; the chain gives it its place."""

from uuid import UUID

from django.utils.timezone import now

from signoff.accounts.models import Membership, Role, User
from signoff.core.actor import Actor
from signoff.core.origin import Origin
from signoff.reviews import chain
from signoff.reviews.models import Decision, Identity
from signoff.reviews.open_notes import open_notes_of
from signoff.reviews.outcome import ENDINGS
from signoff.reviews.standing import Seat, Standing
from signoff.revisions.announce_round import described
from signoff.revisions.models import Revision


def recorded(
    actor: Actor, standing: Standing, seat: Seat, choice: str, reason: str, proof: Identity, origin: Origin
) -> Decision:
    """The decision, saved as the chain's last; its `result` is what the stage's result is with it."""
    stage, revision = standing.stage, _of_round(standing)
    row = stage.deliverable
    outcome = standing.outcome_with({seat.user.pk: choice})
    is_deputy = seat.user.pk != actor.user_id
    decision = Decision(
        organization_id=row.project.organization_id,
        project_id=row.project_id,
        client_team_id=row.project.client_team_id,
        deliverable_id=row.pk,
        stage_id=stage.pk,
        revision_id=revision.pk,
        round=revision.round,
        about=_about(standing),
        group=standing.groups_of(seat.user.pk),
        choice=choice,
        reason=reason,
        statement=standing.panel.statement if standing.panel else "",
        files=[described(file) for file in revision.files.all()],
        open_notes=open_notes_of(row),
        user_id=actor.user_id,
        user_label=actor.label[:200],
        user_email=_address_of(actor),
        approver_id=seat.user.pk,
        deputy_of=str(seat.user)[:200] if is_deputy else "",
        identity=proof,
        decided_at=now(),
        ip=origin.address[:45],
        browser=origin.browser,
        clients_see=_is_before_clients(actor, standing),
        supersedes_id=_earlier(standing, seat.user.pk),
        result=outcome.result if outcome.result in ENDINGS else "",
    )
    return chain.append(decision)


def _of_round(standing: Standing) -> Revision:
    assert standing.revision is not None, "A decision is about a round."
    return standing.revision


def _about(standing: Standing) -> dict[str, object]:
    """The names as they are now: the record outlives them."""
    row = standing.stage.deliverable
    return {
        "organization": row.project.organization.name,
        "project": row.project.name,
        "job_number": row.project.job_number,
        "deliverable": row.name,
        "specification": row.specification,
        "stage": standing.stage.definition.name,
    }


def _address_of(actor: Actor) -> str:
    if actor.user_id is None:
        return ""
    people = User.objects.filter(pk=actor.user_id, is_service=False)
    return people.values_list("email", flat=True).first() or ""


def _is_before_clients(actor: Actor, standing: Standing) -> bool:
    """Does the client take part in this stage? Then its people read the decisions on it."""
    if standing.stage.definition.is_with_client or actor.role == Role.CLIENT_VIEWER:
        return True
    named = {who for group in standing.groups for who in group.people}
    clients = Membership.objects.filter(role=Role.CLIENT_VIEWER, user_id__in=named)
    return clients.filter(organization=standing.stage.deliverable.project.organization_id).exists()


def _earlier(standing: Standing, approver_id: UUID) -> UUID | None:
    return next((one.pk for one in reversed(standing.decisions) if one.approver_id == approver_id), None)
