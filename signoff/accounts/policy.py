"""Who may do what: the whole answer, on one screen."""

from enum import StrEnum, auto
from uuid import UUID

from signoff.accounts.errors import LookingAsSomebodyElse
from signoff.accounts.models import Role
from signoff.core.actor import Actor
from signoff.core.errors import NotAllowed


class Permission(StrEnum):
    VIEW = auto()
    OPEN_PROJECT = auto()
    EDIT_PROJECT = auto()
    EDIT_DELIVERABLE = auto()  # name, dates, priority, assignees, add and remove
    WORK_ON_STAGE = auto()  # start, submit, finish
    UPLOAD_ROUND = auto()  # send files, make rounds of them, try a failed file again
    RELEASE_ROUND = auto()  # show a round to the client, or take it out of their sight
    APPROVE_STAGE = auto()  # a SIMPLE stage, or request changes on it
    APPROVE_WHERE_NAMED = auto()  # the same, on stages that are assigned to the actor
    COMMENT = auto()  # say something about a round, draw on it, change what one has said
    ADDRESS_NOTE = auto()  # say that a note is done in the newest round
    SETTLE_NOTE = auto()  # verify, reopen, refuse any note; who raised one may always verify and reopen it
    RELEASE_COMMENT = auto()  # show an internal comment to the client
    SHARE_LINK = auto()  # let guests in by links, and see what they did
    EDIT_APPROVERS = auto()  # who decides a FORMAL stage, and how
    UNLOCK_ROUND = auto()  # open what was decided again, with a reason
    IMPORT_SHEET = auto()
    EXPORT_SHEET = auto()
    SAVE_VIEW = auto()
    SHARE_VIEW = auto()
    EDIT_PIPELINES = auto()
    MANAGE_PEOPLE = auto()
    MANAGE_ORGANIZATION = auto()
    MANAGE_KEYS = auto()
    READ_AUDIT = auto()
    VIEW_AS = auto()  # look as somebody else, changing nothing


P = Permission
LOOK = frozenset({P.VIEW, P.SAVE_VIEW, P.COMMENT})
ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset(Permission),
    Role.PRODUCER: LOOK
    | {P.OPEN_PROJECT, P.EDIT_PROJECT, P.EDIT_DELIVERABLE, P.WORK_ON_STAGE, P.UPLOAD_ROUND, P.RELEASE_ROUND}
    | {P.APPROVE_STAGE, P.APPROVE_WHERE_NAMED, P.IMPORT_SHEET, P.EXPORT_SHEET, P.SHARE_VIEW, P.EDIT_PIPELINES}
    | {P.ADDRESS_NOTE, P.SETTLE_NOTE, P.RELEASE_COMMENT, P.EDIT_APPROVERS, P.SHARE_LINK},
    Role.MAKER: LOOK | {P.WORK_ON_STAGE, P.UPLOAD_ROUND, P.ADDRESS_NOTE},
    Role.REVIEWER: LOOK | {P.APPROVE_STAGE, P.APPROVE_WHERE_NAMED, P.ADDRESS_NOTE, P.SETTLE_NOTE},
    Role.CLIENT_VIEWER: LOOK | {P.APPROVE_WHERE_NAMED},
    Role.INTEGRATION: frozenset(Permission)
    - {P.MANAGE_PEOPLE, P.MANAGE_KEYS, P.MANAGE_ORGANIZATION, P.READ_AUDIT, P.VIEW_AS, P.UNLOCK_ROUND},
}

# What a key's scope lets through; a key may do what both its role and its scopes allow.
SCOPES: dict[str, frozenset[Permission]] = {
    "read": frozenset({P.VIEW}),
    "write": frozenset({P.VIEW, P.OPEN_PROJECT, P.EDIT_PROJECT, P.EDIT_DELIVERABLE, P.WORK_ON_STAGE, P.SAVE_VIEW})
    | {P.UPLOAD_ROUND, P.RELEASE_ROUND, P.COMMENT, P.ADDRESS_NOTE, P.SETTLE_NOTE, P.RELEASE_COMMENT, P.EDIT_APPROVERS}
    | {P.SHARE_LINK},
    "approve": frozenset({P.VIEW, P.APPROVE_STAGE, P.APPROVE_WHERE_NAMED}),
    "import": frozenset({P.VIEW, P.IMPORT_SHEET}),
    "export": frozenset({P.VIEW, P.EXPORT_SHEET}),
}
# The same for the links of guests, which are no keys: what a link's right lets through, once its guest is known.
GUEST_SCOPES: dict[str, frozenset[Permission]] = {
    "guest_view": frozenset({P.VIEW}),
    "guest_comment": frozenset({P.VIEW, P.COMMENT}),
    "guest_decide": frozenset({P.VIEW, P.COMMENT, P.APPROVE_WHERE_NAMED}),
}


def can(actor: Actor, permission: Permission, organization_id: UUID | None = None) -> bool:
    """May this actor do that now? Who looks as somebody else may only look: this shows or hides a control."""
    return holds(actor, permission, organization_id) and (permission is Permission.VIEW or not actor.is_looking)


def holds(actor: Actor, permission: Permission, organization_id: UUID | None = None) -> bool:
    """Is that given to this actor in its organisation? `organization_id`, when given, must be the same one.

    For what is shown to whom, where who looks as somebody else sees what that person sees.
    """
    if actor.is_system:
        return True
    if actor.organization_id is None or organization_id not in (None, actor.organization_id):
        return False
    if actor.scopes is not None and not any(permission in _let_through(scope) for scope in actor.scopes):
        return False
    return actor.role in ALLOWED and permission in ALLOWED[Role(actor.role)]


def _let_through(scope: str) -> frozenset[Permission]:
    return SCOPES.get(scope) or GUEST_SCOPES.get(scope) or frozenset()


def require(actor: Actor, permission: Permission, organization_id: UUID | None = None) -> None:
    """The first line of every action. Raises NotAllowed, or LookingAsSomebodyElse."""
    require_held(actor, permission, organization_id)
    if actor.is_looking and permission is not Permission.VIEW:
        raise LookingAsSomebodyElse()


def require_held(actor: Actor, permission: Permission, organization_id: UUID | None = None) -> None:
    """For a page that shows only to some what they may. Raises NotAllowed."""
    if not holds(actor, permission, organization_id):
        raise NotAllowed(permission=str(permission))


def require_hands(actor: Actor, organization_id: UUID | None = None) -> None:
    """The first line of actions that ask for more further on, or change only what is one's own.

    Raises NotAllowed, or LookingAsSomebodyElse.
    """
    require_held(actor, Permission.VIEW, organization_id)
    if actor.is_looking:
        raise LookingAsSomebodyElse()
