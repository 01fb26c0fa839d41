"""An event as a sentence without its subject's name at the front: “moved the due date from 20 Nov to 25 Nov”. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from signoff.audit.models import Event
from signoff.audit.verbs import Verb

FIELDS = {
    "due_on": "the due date",
    "starts_on": "the start date",
    "assignee": "the assignee",
    "owner": "the owner",
    "client_team": "the client team",
    "pipeline": "the pipeline",
    "job_number": "the job number",
    "status": "the status",
    "held": "the status",
    "priority": "the priority",
    "rounds_included": "the included rounds",
    "name": "the name",
    "slug": "the slug",
    "kind": "the type",
    "specification": "the specification",
    "language": "the language",
    "market": "the market",
    "notes": "the notes",
    "brief": "the brief",
    "tags": "the tags",
    "custom": "its fields",
    "approval_type": "the approval",
}
SILENT = frozenset({"approved_at", "approved_by", "delivered_at", "version"})
PLAIN = {
    Verb.PROJECT_OPENED: "opened the project",
    Verb.PROJECT_ARCHIVED: "archived the project",
    Verb.PROJECT_RESTORED: "took the project out of the archive",
    Verb.DELIVERABLE_ADDED: "added “{subject}”",
    Verb.DELIVERABLE_REMOVED: "removed “{subject}”",
    Verb.STAGE_SUBMITTED: "handed in {stage} for review",
    Verb.STAGE_CHANGES_REQUESTED: "requested changes on {stage}",
    Verb.STAGE_APPROVED: "approved {stage}",
    Verb.STAGE_APPROVAL_WITHDRAWN: "withdrew the approval of {stage}",
    Verb.ROUND_ADDED: "added round {round}{files}{extra}{carried}",
    Verb.ROUND_CHANGED: "said anew what changed in round {round}",
    Verb.ROUND_REPLACED: "replaced files of round {round}{replaced}",
    Verb.ROUND_WITHDRAWN: "took round {round} back{files}",
    Verb.ROUND_RELEASED: "showed round {round} to the client",
    Verb.ROUND_WITHHELD: "took round {round} out of the client's sight",
    Verb.FILE_RENDERED: "made the previews of {subject}",
    Verb.FILE_FAILED: "could not make the previews of {subject}: {failure}",
    Verb.FILE_RETRIED: "tried {subject} again",
    Verb.REPORT_READY: "made the PDF of the notes of round {round}",
    Verb.ROUND_LOCKED: "closed round {round}: it is approved",
    Verb.ROUND_UNLOCKED: "opened round {round} again",
    Verb.APPROVERS_CHANGED: "changed the approvers of {stage}",
    Verb.APPROVERS_REMINDED: "reminded the approvers of {stage}",
    Verb.DECISION_GIVEN: "decided on {stage}: {choice}",
    Verb.DELEGATION_CHANGED: "changed who stands in for whom: {subject}",
    Verb.SESSION_ADDED: "planned the review session “{subject}”",
    Verb.SESSION_CHANGED: "changed the review session “{subject}”",
    Verb.SESSION_REMOVED: "removed the review session “{subject}”",
    Verb.SESSION_OPENED: "opened the review session “{subject}”",
    Verb.SESSION_CONCLUDED: "ended the review session “{subject}”",
    Verb.COMMENT_ADDED: "said about round {round}: “{subject}”",
    Verb.COMMENT_CHANGED: "changed the comment “{subject}”{attached}",
    Verb.COMMENT_REMOVED: "removed a comment on round {round}",
    Verb.COMMENT_RELEASED: "showed the client the comment “{subject}”",
    Verb.NOTE_CHANGED: "changed the note “{subject}”",
    Verb.NOTE_ADDRESSED: "addressed “{subject}” in round {round}",
    Verb.NOTE_VERIFIED: "verified “{subject}” in round {round}",
    Verb.NOTE_REOPENED: "reopened “{subject}” in round {round}",
    Verb.NOTE_REFUSED: "will not do “{subject}”",
    Verb.NOTE_SUPERSEDED: "replaced “{subject}” by another note",
    Verb.IMPORT_APPLIED: "imported {subject}",
    Verb.IMPORT_UNDONE: "took back the import of {subject}",
}


def sentence_of(event: Event, vocabulary: Mapping[str, str], labels: Mapping[str, list[str]] | None = None) -> str:
    """What the event's actor did, in words; `vocabulary` has the house's own names of fields.

    `labels` are the words for values that are ids, in the place of those that the event has itself.
    """
    stage = str(event.data.get("stage") or "")
    if event.verb == Verb.STAGE_APPROVED and event.data.get("is_finished"):
        return f"finished {stage}"
    if event.verb in PLAIN:
        said = _of_round(event.data)
        return PLAIN[Verb(event.verb)].format(subject=event.subject_label, stage=stage or event.subject_label, **said)
    words = event.data.get("labels", {}) if labels is None else labels
    changed = [
        _change(words, name, pair, vocabulary, stage) for name, pair in event.changes.items() if name not in SILENT
    ]
    if event.verb == Verb.CHANGE_UNDONE:
        return "undid: " + ("; ".join(changed) or f"the removal of “{event.subject_label}”")
    return "; ".join(changed) or f"changed {stage or 'it'}"


def _of_round(data: Mapping[str, Any]) -> dict[str, object]:
    """What sentences about rounds and files name: ` with 3 files`, ` (chargeable: the client asked for it)`."""
    files, reason = data.get("files", []), data.get("reason", "")
    gone, come = _names(data.get("gone", [])), _names(data.get("come", []))
    carried, attached = data.get("carried", 0), data.get("attached", "")
    why = "chargeable" if data.get("is_chargeable") else "not charged"
    return {
        "round": data.get("round", ""),
        "failure": data.get("failure", ""),
        "choice": str(data.get("choice", "")).replace("_", " "),
        "carried": f", {carried} note{'' if carried == 1 else 's'} carried into it" if carried else "",
        "attached": f" and attached {attached}" if attached else "",
        "files": f" with {len(files)} files" if len(files) > 1 else "",
        "extra": f" ({why}: {reason})" if reason else "",
        "replaced": f": {gone or 'nothing'} by {come or 'nothing'}" if gone or come else "",
    }


def _names(files: list[dict[str, Any]]) -> str:
    names = [str(file["name"]) for file in files[:3]]
    return ", ".join(names) + (f" and {len(files) - 3} more" if len(files) > 3 else "")


def _change(
    words: Mapping[str, list[str]], name: str, pair: list[object], vocabulary: Mapping[str, str], stage: str
) -> str:
    what = vocabulary.get(name) or FIELDS.get(name, name)
    what = f"{what} of {stage}" if stage else what
    old, new = words.get(name, pair)
    if name in ("notes", "brief", "tags", "custom"):
        return f"changed {what}"
    if new in (None, ""):
        return f"cleared {what} ({_value(old)})" if name != "held" else "took it up again"
    return (
        f"set {what} to {_value(new)}" if old in (None, "") else f"changed {what} from {_value(old)} to {_value(new)}"
    )


def _value(value: object) -> str:
    text = str(value)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text.replace("_", " ")
    return f"{day.day} {day:%b %Y}"
