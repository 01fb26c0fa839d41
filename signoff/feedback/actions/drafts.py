"""What somebody has written and not sent: theirs alone, so it is no event."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from signoff.accounts.policy import Permission, require
from signoff.core.actor import Actor
from signoff.core.errors import NotAllowed, NotFound
from signoff.feedback.errors import DraftTooLarge
from signoff.feedback.models import Draft
from signoff.revisions.models import Revision

MOST_BYTES = 1_000_000


@transaction.atomic
def keep_draft(*, actor: Actor, revision: Revision, content: Mapping[str, Any]) -> Draft:
    """In the place of what was kept before. Raises NotAllowed, DraftTooLarge."""
    require(actor, Permission.COMMENT, revision.deliverable.project.organization_id)
    if actor.user_id is None:
        raise NotAllowed()
    if len(json.dumps(content, ensure_ascii=False).encode()) > MOST_BYTES:
        raise DraftTooLarge(field="content")
    if not Revision.objects.select_for_update(no_key=True, of=("self",)).filter(pk=revision.pk).exists():
        raise NotFound("This round was taken back in the meantime.")
    draft = Draft(revision=revision, author_id=actor.user_id, content=dict(content), updated_at=now())
    Draft.objects.bulk_create(
        [draft],
        update_conflicts=True,
        unique_fields=["revision", "author"],
        update_fields=["content", "updated_at"],
    )
    return draft


@transaction.atomic
def drop_draft(*, actor: Actor, revision: Revision) -> None:
    """It was sent, or is not wanted. Twice is once."""
    require(actor, Permission.COMMENT, revision.deliverable.project.organization_id)
    Draft.objects.visible_to(actor).filter(revision=revision, author_id=actor.user_id).delete()
