"""What other tools call their statuses and priorities, and ours in their words. Pure.

Alternatives are parted by `|`; what an organisation taught us (`remembered`) wins over these tables.
"""

from collections.abc import Iterable, Mapping

from signoff.deliverables.models import DeliverableStatus as D
from signoff.deliverables.models import Priority as P
from signoff.deliverables.models import StageStatus as S
from signoff.projects.models import ProjectStatus as J
from signoff.sheets.columns import normalise
from signoff.sheets.words import BadWord, near, text_of

STATUSES: dict[str, str] = {
    D.NOT_STARTED: "not started|todo|to do|to be done|tbd|open|new|backlog|pending|planned|"
    "waiting to start|wtg|ready|ready to start|rdy|queued|upcoming|scheduled|briefed|"
    "brief|unassigned|offen|not begun|awaiting brief|no status",
    D.IN_PROGRESS: "in progress|wip|work in progress|ip|in production|production|in work|working|"
    "working on it|started|ongoing|active|underway|in arbeit|doing|in design|in edit|"
    "in development|in studio|busy|amending|en cours",
    D.IN_REVIEW: "in review|review|rev|in qa|qa|qc|in qc|for review|to review|ready for review|"
    "pending review|internal review|client review|in client review|with client|"
    "sent to client|awaiting approval|waiting for approval|waiting approval|"
    "pending approval|for approval|wfa|awaiting feedback|in approval|awaiting client|"
    "out for approval|submitted",
    D.CHANGES_REQUESTED: "changes requested|changes|changes needed|change requested|amends|amends requested|"
    "amendments|retake|rtk|revise|revisions|revision requested|revisions requested|"
    "revision needed|feedback|feedback received|rework|fix|fixes|needs changes|rejected|"
    "not approved|declined|needs work|korrektur",
    D.APPROVED: "approved|apr|app|approved by client|client approved|final|finalised|finalized|fin|"
    "signed off|sign off|signoff|done|complete|completed|finished|ok|okay|cleared|"
    "passed|closed|approved with changes|fertig|freigegeben|cbb|resolved",
    D.DELIVERED: "delivered|dlvr|shipped|sent|published|live|released|trafficked|dispatched|"
    "uploaded|geliefert|in market",
    D.ON_HOLD: "on hold|hold|hld|held|paused|parked|blocked|stopped|frozen|pausiert|waiting on client|postponed",
    D.CANCELLED: "cancelled|canceled|killed|dropped|omit|omitted|omt|out|void|abandoned|removed|scrapped|storniert",
    S.SKIPPED: "skipped|skip|na|n a|not applicable|not needed|not required|none|ohne",
}
PROJECT_STATUSES: dict[str, str] = {
    J.DRAFT: "draft|proposal|pitch|quote|estimate|planning|planned|not started|new|entwurf|todo|to do|pending",
    J.ACTIVE: "active|in progress|wip|open|live|ongoing|running|in production|started|aktiv|current|in review",
    J.ON_HOLD: "on hold|hold|paused|parked|blocked|postponed",
    J.COMPLETED: "completed|complete|done|closed|finished|delivered|approved|wrapped|invoiced|abgeschlossen|final",
    J.CANCELLED: "cancelled|canceled|killed|dropped|lost|omit|void",
}
PRIORITIES: dict[str, str] = {
    P.LOW: "low|lowest|minor|p3|p4|3|4|niedrig|nice to have",
    P.NORMAL: "normal|medium|med|mid|standard|default|regular|p2|2|mittel",
    P.HIGH: "high|major|important|p1|1|hoch",
    P.URGENT: "urgent|highest|critical|asap|rush|top|p0|0|blocker|hot|dringend|immediate",
}
# A status of the whole thing, said of one stage.
AS_STAGE: dict[str, str] = {D.DELIVERED: S.APPROVED, D.CANCELLED: S.SKIPPED}


def _by_word(table: Mapping[str, str]) -> dict[str, str]:
    return {word: str(status) for status, words in table.items() for word in words.split("|")}


STATUS_WORDS, PROJECT_WORDS, PRIORITY_WORDS = (
    _by_word(STATUSES),
    _by_word(PROJECT_STATUSES),
    _by_word(PRIORITIES),
)


def read_status(cell: object, remembered: Mapping[str, str]) -> str:
    return _worded(cell, remembered, STATUS_WORDS, D.values, "status")


def read_stage_status(cell: object, remembered: Mapping[str, str]) -> str:
    word = normalise(text_of(cell))
    found = remembered.get(word) or STATUS_WORDS.get(word, "")
    found = AS_STAGE.get(found, found)
    return _worded(cell, {word: found} if found else {}, {}, S.values, "status")


def read_project_status(cell: object, remembered: Mapping[str, str]) -> str:
    return _worded(cell, remembered, PROJECT_WORDS, J.values, "project status")


def read_priority(cell: object) -> str:
    return _worded(cell, {}, PRIORITY_WORDS, P.values, "priority", asks="")


def _worded(
    cell: object,
    remembered: Mapping[str, str],
    table: Mapping[str, str],
    legal: Iterable[str],
    what: str,
    asks: str = "status",
) -> str:
    word = normalise(text_of(cell))
    for found in (remembered.get(word, ""), table.get(word, "")):
        if found in legal:
            return str(found)
    words = [value.replace("_", " ") for value in legal]
    guess = near(word, words)
    raise BadWord(
        f"“{text_of(cell)[:80]}” is no {what} known here; write one of: {', '.join(words)}.",
        guess=guess,
        asks=asks,
    )
