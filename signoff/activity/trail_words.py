"""Audited events as sentences that begin with who did it: “issued the key “Nightly import””. Pure."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from signoff.audit.models import Event
from signoff.audit.verbs import Verb

SAID = {
    Verb.SIGNED_IN: "signed in{means}",
    Verb.SIGN_IN_FAILED: "could not sign in{means}",
    Verb.SIGNED_OUT: "signed out",
    Verb.SESSIONS_ENDED: "ended sessions of {subject}",
    Verb.VIEW_AS_BEGUN: "began to look as {subject}",
    Verb.VIEW_AS_ENDED: "stopped looking as {subject}",
    Verb.PASSWORD_CHANGED: "chose a new password",
    Verb.PASSWORD_FORGOTTEN: "asked at the sign-in page for a link to choose a new password for {subject}",
    Verb.SECOND_FACTOR_ADDED: "added a second factor to the account of {subject}",
    Verb.SECOND_FACTOR_REMOVED: "removed a second factor from the account of {subject}",
    Verb.IDENTITY_LINKED: "connected single sign-on to the account of {subject}",
    Verb.IDENTITY_UNLINKED: "disconnected single sign-on from the account of {subject}",
    Verb.MEMBER_ADDED: "let {subject} in{role}",
    Verb.MEMBER_CHANGED: "changed the access of {subject}",
    Verb.CLIENT_TEAM_ADDED: "added the client team “{subject}”",
    Verb.CLIENT_TEAM_CHANGED: "changed the client team “{subject}”",
    Verb.INVITATION_SENT: "invited {subject}{role}",
    Verb.INVITATION_REVOKED: "took back the invitation of {subject}",
    Verb.INVITATION_ACCEPTED: "accepted the invitation{role}",
    Verb.LINK_MADE: "made a link for guests to {subject}",
    Verb.LINK_RENEWED: "renewed the link for guests to {subject}",
    Verb.LINK_REVOKED: "revoked the link for guests to {subject}",
    Verb.WORK_HANDED_OVER: "handed over the work of {subject}",
    Verb.DELEGATION_CHANGED: "changed who stands in for whom: {subject}",
    Verb.API_KEY_ISSUED: "issued the key “{subject}”{scopes}",
    Verb.API_KEY_USED: "was used for the first time that day",
    Verb.API_KEY_REVOKED: "revoked the key “{subject}”",
    Verb.EXPORT_MADE: "exported the tracker as a spreadsheet",
    Verb.FILE_DOWNLOADED: "downloaded {what}",
    Verb.IMPORT_APPLIED: "imported “{subject}”",
    Verb.IMPORT_UNDONE: "took back the import of “{subject}”",
    Verb.ORGANIZATION_ADDED: "added the organisation",
    Verb.ORGANIZATION_CHANGED: "changed the organisation",
    Verb.PIPELINE_ADDED: "added the pipeline “{subject}”",
    Verb.PIPELINE_CHANGED: "changed the pipeline “{subject}”",
    Verb.PIPELINE_REMOVED: "removed the pipeline “{subject}”",
    Verb.STAGE_DEFINITION_ADDED: "added “{subject}” to the stage library",
    Verb.STAGE_DEFINITION_CHANGED: "changed “{subject}” in the stage library",
    Verb.CUSTOM_FIELD_ADDED: "added the field “{subject}”",
    Verb.CUSTOM_FIELD_CHANGED: "changed the field “{subject}”",
    Verb.CUSTOM_FIELD_REMOVED: "removed the field “{subject}”",
}
MEANS = {
    "password": "a password",
    "totp": "an app's code",
    "code": "a code",
    "webauthn": "a passkey",
    "recovery_codes": "a recovery code",
    "socialaccount": "single sign-on",
}
TAKEN = {"round": "the files of a round of {subject}", "approved": "all approved files of {subject}"}
FIELDS = {
    "is_active": "access",
    "teams": "client teams",
    "archived_on": "archived",
    "time_zone": "time zone",
    "only_sso": "only single sign-on",
    "joins_by_sso": "joins by single sign-on",
    "joins_as": "joins as",
    "sso_rules": "rules of single sign-on",
    "second_factor_roles": "second factor needed",
    "hides_names": "hides names",
    "approval_type": "approval",
}
WORDS: dict[object, str] = {True: "yes", False: "no", None: "nothing", "": "nothing"}
MOST = 200


class Change(NamedTuple):
    field: str
    old: str
    new: str


def said_of(event: Event) -> str:
    """The sentence; what is not in the table says its verb."""
    data = event.data
    if event.verb == Verb.PASSWORD_CHANGED and data.get("one_time"):
        return f"made a one-time password for {event.subject_label}"
    if event.verb == Verb.EXPORT_MADE and data.get("what") == "audit":
        return "exported this list"
    if event.verb == Verb.EXPORT_MADE and data.get("what") == "round":
        audience = ", as the client reads them" if data.get("audience") == "client" else ""
        return f"exported the notes of round {data['round']} of “{event.subject_label}” ({data['format']}){audience}"
    if event.verb == Verb.SIGN_IN_FAILED and not data.get("is_known", True):
        return "tried to sign in; nobody here has this address"
    sentence = SAID.get(Verb(event.verb), event.verb.replace(".", " "))
    return sentence.format(subject=_subject(event), **_more(event, data))


def changes_of(event: Event) -> list[Change]:
    """What was what before, and is now."""
    labels = event.data.get("labels", {})
    return [
        Change(FIELDS.get(name, name.replace("_", " ")), *(_value(one, name) for one in labels.get(name, pair)))
        for name, pair in event.changes.items()
    ]


def _subject(event: Event) -> str:
    """A membership is called by its person: “Pat in Fieldhouse” is Pat."""
    if event.subject_kind == "membership":
        return event.subject_label.rpartition(" in ")[0] or event.subject_label
    return event.subject_label


def _more(event: Event, data: Mapping[str, Any]) -> dict[str, str]:
    means = " and ".join(MEANS.get(one, str(one)) for one in data.get("means", []))
    return {
        "means": f" with {means}" if means else "",
        "role": f" as {str(data['role']).replace('_', ' ')}" if data.get("role") else "",
        "scopes": f" for {', '.join(data.get('scopes', []))}" if data.get("scopes") else "",
        "what": TAKEN.get(str(data.get("what")), "“{subject}”").format(subject=event.subject_label),
    }


def _value(value: object, field: str = "") -> str:
    if field == "is_active":
        return "open" if value else "closed"
    if isinstance(value, (bool, type(None), str)) and value in WORDS:
        return WORDS[value]
    if isinstance(value, list):
        return ", ".join(_value(one) for one in value) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_value(one)}" for name, one in value.items())[:MOST] or "nothing"
    return str(value).replace("_", " ")[:MOST]
