"""What the islands of a room are told besides files and comments: which round it is, who looks, and what they may."""

from typing import Any

from django.http import HttpRequest

from signoff.accounts.models import Membership, Role
from signoff.accounts.names import is_named
from signoff.accounts.policy import Permission, can
from signoff.core.actor import Actor
from signoff.deliverables.models import Deliverable
from signoff.revisions.models import Revision
from signoff.web.actor import member_of
from signoff.web.facts import people_of

MAY = (Permission.COMMENT, Permission.ADDRESS_NOTE, Permission.SETTLE_NOTE, Permission.RELEASE_COMMENT)


def who_looks(request: HttpRequest, actor: Actor, row: Deliverable) -> dict[str, Any]:
    """One statement, for the people who can be named."""
    me = member_of(request)
    return {
        "deliverable": {"id": str(row.pk), "name": row.name},
        "me": _person(me),
        "is_client": me.role == Role.CLIENT_VIEWER,
        "client": row.project.client_team.name if row.project.client_team else "",
        "may": {permission.value: can(actor, permission) for permission in MAY},
        "people": [_person(one) for one in people_of(actor, row) if is_named(actor, one.user_id)],
    }


def round_said(chosen: Revision, newest: Revision) -> dict[str, Any]:
    """`newest` as who looks counts: clients see the rounds that were shown to them."""
    return {
        "id": str(chosen.pk),
        "round": chosen.round,
        "newest": newest.round,
        "is_latest": chosen.pk == newest.pk,
        "is_locked": chosen.locked_at is not None,
    }


def _person(member: Membership) -> dict[str, Any]:
    """`Person` of types.ts, and whether it is one of the client's."""
    person = member.user
    said = {"id": str(person.pk), "name": person.name, "initials": person.initials, "hue": person.hue}
    return {**said, "is_client": member.role == Role.CLIENT_VIEWER}
