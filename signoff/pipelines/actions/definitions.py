"""What people do with the library of stages."""

from collections.abc import Callable, Mapping
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from signoff.accounts.models import Organization
from signoff.accounts.policy import Permission, require
from signoff.activity.announce import announce
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.changes import Change, set_fields
from signoff.core.constraints import refused_as
from signoff.core.text import clean_name
from signoff.pipelines.errors import NoSuchApprovalType, StageDefinitionTaken
from signoff.pipelines.models import ApprovalType, StageDefinition

MOST_NAME = 80
TAKEN = {"one_stage_definition_of_a_name": StageDefinitionTaken(field="name")}


@transaction.atomic
def add_definition(
    *,
    actor: Actor,
    organization: Organization,
    name: str,
    approval_type: str = ApprovalType.NONE,
    is_with_client: bool = False,
) -> StageDefinition:
    """Put a kind of stage into the library. Raises BadText, NoSuchApprovalType or StageDefinitionTaken."""
    require(actor, Permission.EDIT_PIPELINES, organization.pk)
    definition = StageDefinition(
        organization=organization,
        name=clean_name(name, most=MOST_NAME),
        approval_type=_approval_type(approval_type),
        is_with_client=is_with_client,
    )
    with refused_as(TAKEN):
        definition.save(force_insert=True)
    announce(Verb.STAGE_DEFINITION_ADDED, actor=actor, subject=definition, organization_id=organization.pk)
    return definition


@transaction.atomic
def change_definition(*, actor: Actor, definition: StageDefinition, changes: Mapping[str, object]) -> StageDefinition:
    """Change `name`, `approval_type` or `is_with_client`.

    The name changes everywhere; the approval type is what pipelines start from, theirs stay.
    Raises BadText, NoSuchApprovalType or StageDefinitionTaken.
    """
    definition = _lock(actor, definition)
    wanted = {name: CLEANERS[name](value) for name, value in changes.items()}
    return _save(actor, definition, set_fields(definition, wanted))


@transaction.atomic
def archive_definition(*, actor: Actor, definition: StageDefinition) -> StageDefinition:
    """Offer it no more. Pipelines and deliverables that have it keep it."""
    definition = _lock(actor, definition)
    return _archive(actor, definition, definition.archived_on or localdate())


@transaction.atomic
def restore_definition(*, actor: Actor, definition: StageDefinition) -> StageDefinition:
    """Offer it again."""
    return _archive(actor, _lock(actor, definition), None)


def _lock(actor: Actor, definition: StageDefinition) -> StageDefinition:
    require(actor, Permission.EDIT_PIPELINES, definition.organization_id)
    return StageDefinition.objects.select_for_update(no_key=True).get(pk=definition.pk)


def _archive(actor: Actor, definition: StageDefinition, on: date | None) -> StageDefinition:
    return _save(actor, definition, set_fields(definition, {"archived_on": on}))


def _save(actor: Actor, definition: StageDefinition, change: Change) -> StageDefinition:
    if change:
        with refused_as(TAKEN):
            definition.save(update_fields=[*change.values, "updated_at"])
        announce(
            Verb.STAGE_DEFINITION_CHANGED,
            actor=actor,
            subject=definition,
            organization_id=definition.organization_id,
            changes=change.values,
        )
    return definition


def _approval_type(value: object) -> str:
    if value not in ApprovalType.values:
        raise NoSuchApprovalType(field="approval_type")
    return str(value)


CLEANERS: dict[str, Callable[[object], object]] = {
    "name": lambda value: clean_name(str(value), most=MOST_NAME),
    "approval_type": _approval_type,
    "is_with_client": bool,
}
