"""Everything that can happen in Signoff. These words are public: pages, live messages and webhooks say them."""

from django.db import models


class Verb(models.TextChoices):
    PROJECT_OPENED = "project.opened"
    PROJECT_CHANGED = "project.changed"
    PROJECT_ARCHIVED = "project.archived"
    PROJECT_RESTORED = "project.restored"
    DELIVERABLE_ADDED = "deliverable.added"
    DELIVERABLE_CHANGED = "deliverable.changed"
    DELIVERABLE_REMOVED = "deliverable.removed"
    STAGE_CHANGED = "stage.changed"
    STAGE_ASSIGNED = "stage.assigned"
    STAGE_SUBMITTED = "stage.submitted"
    STAGE_CHANGES_REQUESTED = "stage.changes_requested"
    STAGE_APPROVED = "stage.approved"
    STAGE_APPROVAL_WITHDRAWN = "stage.approval_withdrawn"
    STAGE_ADDED = "stage.added"
    STAGE_REMOVED = "stage.removed"
    ROUND_ADDED = "round.added"
    ROUND_CHANGED = "round.changed"
    ROUND_REPLACED = "round.replaced"
    ROUND_WITHDRAWN = "round.withdrawn"
    ROUND_RELEASED = "round.released"
    ROUND_WITHHELD = "round.withheld"
    FILE_RENDERED = "file.rendered"
    FILE_FAILED = "file.failed"
    FILE_RETRIED = "file.retried"
    FILE_DOWNLOADED = "file.downloaded"
    ROUND_LOCKED = "round.locked"
    ROUND_UNLOCKED = "round.unlocked"
    COMMENT_ADDED = "comment.added"
    COMMENT_CHANGED = "comment.changed"
    COMMENT_REMOVED = "comment.removed"
    COMMENT_RELEASED = "comment.released"
    NOTE_CHANGED = "note.changed"
    NOTE_ADDRESSED = "note.addressed"
    NOTE_VERIFIED = "note.verified"
    NOTE_REOPENED = "note.reopened"
    NOTE_REFUSED = "note.refused"
    NOTE_SUPERSEDED = "note.superseded"
    APPROVERS_CHANGED = "approvers.changed"
    APPROVERS_REMINDED = "approvers.reminded"
    DECISION_GIVEN = "decision.given"
    REPORT_READY = "report.ready"
    DELEGATION_CHANGED = "delegation.changed"
    CHANGE_UNDONE = "change.undone"
    PIPELINE_ADDED = "pipeline.added"
    PIPELINE_CHANGED = "pipeline.changed"
    PIPELINE_REMOVED = "pipeline.removed"
    STAGE_DEFINITION_ADDED = "stage_definition.added"
    STAGE_DEFINITION_CHANGED = "stage_definition.changed"
    CUSTOM_FIELD_ADDED = "custom_field.added"
    CUSTOM_FIELD_CHANGED = "custom_field.changed"
    CUSTOM_FIELD_REMOVED = "custom_field.removed"
    IMPORT_APPLIED = "import.applied"
    IMPORT_UNDONE = "import.undone"
    EXPORT_MADE = "export.made"
    ORGANIZATION_ADDED = "organization.added"
    ORGANIZATION_CHANGED = "organization.changed"
    CLIENT_TEAM_ADDED = "client_team.added"
    CLIENT_TEAM_CHANGED = "client_team.changed"
    MEMBER_ADDED = "member.added"
    MEMBER_CHANGED = "member.changed"
    INVITATION_SENT = "invitation.sent"
    INVITATION_REVOKED = "invitation.revoked"
    INVITATION_ACCEPTED = "invitation.accepted"
    LINK_MADE = "guest_link.made"
    LINK_RENEWED = "guest_link.renewed"
    LINK_REVOKED = "guest_link.revoked"
    PASSWORD_CHANGED = "person.password_changed"
    PASSWORD_FORGOTTEN = "person.password_forgotten"
    SIGNED_IN = "person.signed_in"
    SIGN_IN_FAILED = "person.sign_in_failed"
    SIGNED_OUT = "person.signed_out"
    SESSIONS_ENDED = "person.sessions_ended"
    SECOND_FACTOR_ADDED = "person.second_factor_added"
    SECOND_FACTOR_REMOVED = "person.second_factor_removed"
    IDENTITY_LINKED = "person.identity_linked"
    IDENTITY_UNLINKED = "person.identity_unlinked"
    WORK_HANDED_OVER = "person.work_handed_over"
    VIEW_AS_BEGUN = "view_as.begun"
    VIEW_AS_ENDED = "view_as.ended"
    API_KEY_ISSUED = "api_key.issued"
    API_KEY_USED = "api_key.used"
    API_KEY_REVOKED = "api_key.revoked"
    VIEW_SAVED = "view.saved"
    VIEW_REMOVED = "view.removed"


# What an admin asks the audit page for. What happens to the work itself stands in the diaries instead.
AUDITED: dict[str, tuple[Verb, ...]] = {
    "sign_ins": (
        Verb.SIGNED_IN,
        Verb.SIGNED_OUT,
        Verb.SESSIONS_ENDED,
        Verb.VIEW_AS_BEGUN,
        Verb.VIEW_AS_ENDED,
    ),
    "failures": (Verb.SIGN_IN_FAILED,),
    "passwords": (
        Verb.PASSWORD_CHANGED,
        Verb.PASSWORD_FORGOTTEN,
        Verb.SECOND_FACTOR_ADDED,
        Verb.SECOND_FACTOR_REMOVED,
        Verb.IDENTITY_LINKED,
        Verb.IDENTITY_UNLINKED,
    ),
    "people": (
        Verb.MEMBER_ADDED,
        Verb.MEMBER_CHANGED,
        Verb.CLIENT_TEAM_ADDED,
        Verb.CLIENT_TEAM_CHANGED,
        Verb.INVITATION_SENT,
        Verb.INVITATION_REVOKED,
        Verb.INVITATION_ACCEPTED,
        Verb.LINK_MADE,
        Verb.LINK_RENEWED,
        Verb.LINK_REVOKED,
        Verb.WORK_HANDED_OVER,
        Verb.DELEGATION_CHANGED,
    ),
    "keys": (Verb.API_KEY_ISSUED, Verb.API_KEY_USED, Verb.API_KEY_REVOKED),
    "files": (Verb.EXPORT_MADE, Verb.FILE_DOWNLOADED, Verb.IMPORT_APPLIED, Verb.IMPORT_UNDONE),
    "settings": (
        Verb.ORGANIZATION_ADDED,
        Verb.ORGANIZATION_CHANGED,
        Verb.PIPELINE_ADDED,
        Verb.PIPELINE_CHANGED,
        Verb.PIPELINE_REMOVED,
        Verb.STAGE_DEFINITION_ADDED,
        Verb.STAGE_DEFINITION_CHANGED,
        Verb.CUSTOM_FIELD_ADDED,
        Verb.CUSTOM_FIELD_CHANGED,
        Verb.CUSTOM_FIELD_REMOVED,
    ),
}
ALL_AUDITED = tuple(verb for verbs in AUDITED.values() for verb in verbs)
