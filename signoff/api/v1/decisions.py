"""Formal decisions: who decides a stage, what was decided, the proof of it; who stands in for whom."""

from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Status

from signoff.accounts.models import User
from signoff.api.auth import Request
from signoff.api.v1.decision_shapes import (
    ApproversNew,
    ApproversOut,
    DecisionNew,
    DecisionOut,
    DelegationNew,
    DelegationOut,
    Reason,
    approvers_out,
    decision_out,
    delegation_out,
)
from signoff.api.v1.named import UnknownReference, found, organization, person
from signoff.core.actor import Actor
from signoff.core.origin import origin_of
from signoff.deliverables.models import Stage
from signoff.reviews import actions
from signoff.reviews.certificate import certificate_of
from signoff.reviews.counted import counted_for
from signoff.reviews.models import Decision, Delegation
from signoff.reviews.standing import standing_seen
from signoff.revisions.models import Revision

router = Router(tags=["decisions"])
PDF = "application/pdf"


@router.get("/stages/{uuid:stage_id}/decisions", response=list[DecisionOut])
def decisions(request: Request, stage_id: UUID) -> list[dict[str, object]]:
    """All that was decided on a stage, the first one first; superseded ones stay."""
    actor, stage = request.auth, _stage(request.auth, stage_id)
    rows = Decision.objects.visible_to(actor).filter(stage_id=stage.pk).order_by("number")
    return [decision_out(actor, one) for one in rows]


@router.post("/stages/{uuid:stage_id}/decisions", response=DecisionOut)
def decide(request: Request, stage_id: UUID, payload: DecisionNew) -> dict[str, object]:
    """Decide as one who is named, or as their deputy today. The same choice again is the decision there is."""
    saying = actions.Saying(**payload.given(), origin=origin_of(request.META))
    decision = actions.decide(actor=request.auth, stage=_stage(request.auth, stage_id), saying=saying)
    return decision_out(request.auth, decision)


@router.post("/stages/{uuid:stage_id}/decision-code", response={204: None})
def send_decision_code(request: Request, stage_id: UUID) -> Status[None]:
    """Mail the code that a decision on this stage may ask for; it is good for ten minutes."""
    actions.send_decision_code(actor=request.auth, stage=_stage(request.auth, stage_id))
    return Status(204, None)


@router.get("/stages/{uuid:stage_id}/approvers", response=ApproversOut)
def approvers(request: Request, stage_id: UUID) -> dict[str, object]:
    """Who decides, and how they stand. Clients read it of stages that they take part in."""
    return _approvers(request.auth, _stage(request.auth, stage_id))


@router.put("/stages/{uuid:stage_id}/approvers", response=ApproversOut)
def set_approvers(request: Request, stage_id: UUID, payload: ApproversNew) -> dict[str, object]:
    """Name who decides. What was decided in this round stays, as far as its people are still named."""
    groups = [actions.GroupDraft(one.name, tuple(one.people), one.rule, one.quorum) for one in payload.groups]
    draft = actions.PanelDraft(groups, payload.is_serial, payload.identity, payload.statement, payload.remind_days)
    actor, stage = request.auth, _stage(request.auth, stage_id)
    actions.set_panel(actor=actor, stage=stage, draft=draft, version=payload.version)
    return _approvers(actor, _stage(actor, stage_id))


@router.post("/stages/{uuid:stage_id}/approvers/reminder", response={204: None})
def remind_approvers(request: Request, stage_id: UUID) -> Status[None]:
    """Remind those whose answer is waited for, each once a day."""
    actions.remind_approvers(actor=request.auth, stage=_stage(request.auth, stage_id))
    return Status(204, None)


@router.get("/decisions/{uuid:decision_id}", response=DecisionOut)
def decision(request: Request, decision_id: UUID) -> dict[str, object]:
    return decision_out(request.auth, _decision(request.auth, decision_id))


@router.get(
    "/decisions/{uuid:decision_id}/certificate",
    response={200: bytes},
    openapi_extra={"responses": {200: {"content": {PDF: {}}}}},
)
def certificate(request: Request, decision_id: UUID) -> HttpResponse:
    """A decision as a PDF; with the one that brought a result, all that counted for it."""
    actor = request.auth
    row = _decision(actor, decision_id)
    response = HttpResponse(certificate_of(actor, organization(actor), row, counted_for(actor, row)), content_type=PDF)
    response["Content-Disposition"] = f'inline; filename="decision-{row.number}.pdf"'
    return response


@router.post("/rounds/{uuid:round_id}/unlock", response={204: None})
def unlock_round(request: Request, round_id: UUID, payload: Reason) -> Status[None]:
    """Open a decided round again, with a reason: its stages are in review once more, and all decide anew."""
    rows = Revision.objects.visible_to(request.auth).select_related("deliverable__project")
    actions.unlock_round(actor=request.auth, revision=found(rows, round_id), reason=payload.reason)
    return Status(204, None)


@router.get("/delegations", response=list[DelegationOut])
def delegations(request: Request) -> list[dict[str, object]]:
    """Who stands in for whom, those that are over included."""
    rows = Delegation.objects.visible_to(request.auth).select_related("absent", "deputy")
    return [delegation_out(request.auth, row) for row in rows]


@router.post("/delegations", response={201: DelegationOut})
def set_delegation(request: Request, payload: DelegationNew) -> Status[dict[str, object]]:
    """Let somebody decide for you on these days; for others where you may edit approvers."""
    actor = request.auth
    row = actions.set_delegation(
        actor=actor,
        absent=_somebody(actor, payload.absent, "absent") if payload.absent else User(pk=actor.user_id),
        deputy=_somebody(actor, payload.deputy, "deputy"),
        begins_on=payload.begins_on,
        ends_on=payload.ends_on,
    )
    named = Delegation.objects.visible_to(actor).select_related("absent", "deputy")
    return Status(201, delegation_out(actor, found(named, row.pk)))


@router.delete("/delegations/{uuid:delegation_id}", response={204: None})
def remove_delegation(request: Request, delegation_id: UUID) -> Status[None]:
    rows = Delegation.objects.visible_to(request.auth).select_related("absent", "deputy")
    actions.remove_delegation(actor=request.auth, delegation=found(rows, delegation_id))
    return Status(204, None)


def _stage(actor: Actor, stage_id: UUID) -> Stage:
    related = ("deliverable__project__organization", "definition", "assignee")
    row: Stage = found(Stage.objects.visible_to(actor).select_related(*related), stage_id)
    return row


def _decision(actor: Actor, decision_id: UUID) -> Decision:
    row: Decision = found(Decision.objects.visible_to(actor), decision_id)
    return row


def _approvers(actor: Actor, stage: Stage) -> dict[str, object]:
    return approvers_out(actor, standing_seen(actor, stage))


def _somebody(actor: Actor, user_id: UUID | None, field: str) -> User:
    found_one = person(actor, user_id, field)
    if found_one is None:
        raise UnknownReference("There is nobody with this id here.", field=field)
    return found_one
