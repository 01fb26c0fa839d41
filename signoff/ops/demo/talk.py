"""What was said about the demo's rounds: comments, marks and notes on their way, dated as the story has it.

A few rows a deliverable in a handful of statements; nobody is told, since nobody was there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from django.utils.timezone import now

from signoff.accounts.models import Membership, Role, User
from signoff.audit.record import Happening
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor, ActorKind
from signoff.deliverables.models import Deliverable, DeliverableStatus
from signoff.feedback.models import CARRIED, UNSETTLED, Annotation, Audience, Comment, FeedbackItem, Sighting, State
from signoff.ops.demo.diary import Diary
from signoff.ops.demo.talk_told import TOLD
from signoff.ops.demo.talk_words import WORDS, Line
from signoff.revisions.models import MediaFile, Revision

DONE = (DeliverableStatus.APPROVED, DeliverableStatus.DELIVERED)
OUTCOMES = ("fixed", "late", "fixed", "again", "refused", "fixed")  # in turn, of what asks for something
MOST = 4  # said about a round
REFUSED = "Agreed in the kick-off; it stays."
COLOURS = ("red", "yellow", "cyan", "magenta")
VERBS = {
    State.ADDRESSED: Verb.NOTE_ADDRESSED,
    State.VERIFIED: Verb.NOTE_VERIFIED,
    State.REOPENED: Verb.NOTE_REOPENED,
    State.WONT_FIX: Verb.NOTE_REFUSED,
}


@dataclass(frozen=True, slots=True)
class Span:
    """A round and its files, and when people looked at it."""

    revision: Revision
    files: Sequence[MediaFile]
    ends_at: datetime
    is_judged: bool


@dataclass(slots=True)
class Talk:
    """All rows of one deliverable, before they are written."""

    row: Deliverable
    people: dict[str, User]
    diary: Diary
    spans: Sequence[Span]
    comments: list[Comment] = field(default_factory=list)
    marks: list[Annotation] = field(default_factory=list)
    items: list[FeedbackItem] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)


def talk(row: Deliverable, revisions: Sequence[Revision], maker: User, diary: Diary) -> None:
    """Say something about these rounds of the deliverable, oldest first; `released_rounds` is up to date."""
    random = Random(f"talk {row.name}")  # the same demo every time
    said = Talk(row, _people(row, maker), diary, _spans(revisions))
    outcomes = count(random.randrange(len(OUTCOMES)))
    for place, lines in enumerate(_parted(said, random)):
        _say_all(said, place, [line for line in lines if _may_be_said(said, said.spans[place], line)], random, outcomes)
    _write(said)


def _parted(said: Talk, random: Random) -> list[list[Line]]:
    """What is said about each round: as it is told, else what there is of this kind of work, spread over the rounds."""
    told = TOLD.get(said.row.name)
    if told:
        return [[line for line in told if line.round == span.revision.round] for span in said.spans]
    left, parted = _lines_of(said.spans, random), []
    for place, span in enumerate(said.spans):
        is_quiet = place == len(said.spans) - 1 and not span.is_judged and random.random() < 0.4
        many = -(-len(left) // (len(said.spans) - place))  # those that are left, over the rounds that are left
        parted.append([] if is_quiet else [left.pop(0) for _ in range(min(many, MOST))])
    return parted


def _people(row: Deliverable, maker: User) -> dict[str, User]:
    members = Membership.objects.filter(organization_id=row.project.organization_id, is_active=True)
    rows = list(members.select_related("user").prefetch_related("client_teams").order_by("user__name"))
    reviewer = next((one.user for one in rows if one.role == Role.REVIEWER), None)
    teams = {one.user: {team.pk for team in one.client_teams.all()} for one in rows if one.role == Role.CLIENT_VIEWER}
    client = next((who for who, of in teams.items() if row.project.client_team_id in of), None)
    found = {"reviewer": reviewer, "client": client, "owner": row.project.owner, "maker": maker}
    return {name: who for name, who in found.items() if who}


def _spans(revisions: Sequence[Revision]) -> list[Span]:
    ends = [one.added_at - timedelta(minutes=20) for one in revisions[1:]] + [now() - timedelta(minutes=2)]
    return [
        Span(
            one,
            list(one.files.all()),
            min(one.settled_at or end, end),
            one.settled_at is not None or one != revisions[-1],
        )
        for one, end in zip(revisions, ends, strict=True)
    ]


def _lines_of(spans: Sequence[Span], random: Random) -> list[Line]:
    kinds = [file.kind for span in spans for file in span.files]
    lines = list(WORDS.get(kinds[0], ())) if kinds else []
    random.shuffle(lines)
    return lines


def _may_be_said(said: Talk, span: Span, line: Line) -> bool:
    is_shown = span.revision.round in said.row.released_rounds
    return line.who in said.people and (is_shown or line.who != "client")


def _say_all(said: Talk, place: int, lines: Sequence[Line], random: Random, outcomes: "count[int]") -> None:
    span, client_numbers = said.spans[place], count(1)
    whole = max(span.ends_at - span.revision.added_at, timedelta(minutes=1))
    for number, line in enumerate(lines, 1):
        at = span.revision.added_at + whole * (0.2 + 0.6 * number / (len(lines) + 1))
        head = _comment(said, span, line, at)
        _mark(said, head, line, random)
        is_client = head.audience == Audience.CLIENT
        item = FeedbackItem(
            comment=head,
            deliverable=said.row,
            number=number,
            client_number=next(client_numbers) if is_client else None,
            kind=line.kind,
            is_must_fix=line.is_must_fix,
            created_at=at,
        )
        said.items.append(item)
        _move(said, place, item, _outcome(line, outcomes))
        if line.answer and line.answer[0] in said.people:
            who, text = line.answer
            answer = Line(who, text, {}, to_client=is_client)
            _comment(said, span, answer, at + whole * 0.1, head)
    if lines and span.revision.settled_at is None:
        span.revision.settled_at = min(one.created_at for one in said.comments if one.revision == span.revision)


def _outcome(line: Line, outcomes: "count[int]") -> str:
    if line.kind not in CARRIED:
        return "open"
    return line.outcome or ("late" if line.round else OUTCOMES[next(outcomes) % len(OUTCOMES)])


def _comment(said: Talk, span: Span, line: Line, at: datetime, parent: Comment | None = None) -> Comment:
    who = said.people[line.who]
    is_client = line.who == "client" or line.to_client or bool(line.released)
    comment = Comment(
        revision=span.revision,
        file=span.files[0] if line.place else None,
        parent=parent,
        author=who,
        author_label=str(who),
        text=line.text,
        audience=Audience.CLIENT if is_client else Audience.INTERNAL,
        client_text=line.released,
        released_at=at + timedelta(minutes=9) if line.released else None,
        created_at=at,
        **line.place,
    )
    said.comments.append(comment)
    is_shown = is_client and span.revision.is_released
    data = {"round": span.revision.round, "comment": str((parent or comment).pk), "is_internal": not is_shown}
    happening = Happening(Verb.COMMENT_ADDED, comment, said.row.project_id, said.row.pk, {}, data)
    said.diary.note(at, _actor(said, who), happening, {})
    return comment


def _mark(said: Talk, comment: Comment, line: Line, random: Random) -> None:
    region = line.place.get("region")
    if not line.mark or not region:
        return
    begin, end = [region["x"], region["y"]], [region["x"] + region["w"], region["y"] + region["h"]]
    points = [begin] if line.mark == "pin" else [begin, end]
    style = {"colour": random.choice(COLOURS), "width": 2}
    geometry: dict[str, Any] = {"points": points}
    said.marks.append(
        Annotation(comment=comment, kind=line.mark, geometry=geometry, style=style, frame=line.place.get("frame_in"))
    )


def _move(said: Talk, raised: int, item: FeedbackItem, outcome: str) -> None:
    """From the round it was raised in to where it rests; a sighting in each that it stands in."""
    state, is_done = State.OPEN, said.row.status in DONE
    for place in range(raised, len(said.spans)):
        is_last = place == len(said.spans) - 1
        before, state = (
            state,
            _next_state(place - raised, is_last, is_done, said.spans[place].is_judged, outcome, state),
        )
        if item.kind not in CARRIED:
            state = before
        if state != before:
            _moved(said, said.spans[place], item, before, state)
        _see(said, item, place, state)
        if state not in UNSETTLED or item.kind not in CARRIED:
            return


def _next_state(age: int, is_last: bool, is_done: bool, is_judged: bool, outcome: str, state: State) -> State:
    if outcome == "refused" and not age:
        return State.WONT_FIX
    if is_last and is_done:
        return State.VERIFIED
    if not age or state in (State.OPEN, State.REOPENED):
        is_waiting = is_last or (not age and outcome == "late")
        return state if is_waiting else State.ADDRESSED
    if not is_judged:
        return state
    return State.REOPENED if age == 1 and outcome == "again" else State.VERIFIED


def _moved(said: Talk, span: Span, item: FeedbackItem, before: State, state: State) -> None:
    who = said.people["maker"] if state == State.ADDRESSED else said.people.get("reviewer", said.people["owner"])
    comment = item.comment
    at = max(span.ends_at, comment.created_at) + timedelta(minutes=1)
    item.state, item.state_since, item.version = state, at, item.version + 1
    item.state_by, item.state_by_label = who, str(who)
    item.reason = REFUSED if state == State.WONT_FIX else ""
    is_client = comment.audience == Audience.CLIENT
    data = {
        "round": span.revision.round,
        "comment": str(comment.pk),
        "is_internal": not (is_client and span.revision.is_released),
        **({"note": item.reason, "is_with_client": is_client} if item.reason else {}),
    }
    changes = {"state": (str(before), str(state))}
    happening = Happening(VERBS[state], comment, said.row.project_id, said.row.pk, changes, data)
    said.diary.note(at, _actor(said, who), happening, {})


def _see(said: Talk, item: FeedbackItem, place: int, state: State) -> None:
    was, files = item.comment.file, said.spans[place].files
    here = next((file for file in files if was and (file.position, file.kind) == (was.position, was.kind)), None)
    sighting = Sighting(item=item, revision=said.spans[place].revision, state=state, file=here)
    sighting.is_approximate = was is not None and here is None
    said.sightings.append(sighting)


def _actor(said: Talk, who: User) -> Actor:
    return Actor(ActorKind.USER, str(who), said.row.project.organization_id, who.pk)


def _write(said: Talk) -> None:
    """Rows say their own time of creation, so it is put right after them."""
    times = {one.pk: one.created_at for one in (*said.comments, *said.items)}
    since = {one.pk: one.state_since or times[one.pk] for one in said.items}
    Comment.objects.bulk_create(said.comments)
    FeedbackItem.objects.bulk_create(said.items)
    for row in (*said.comments, *said.items):
        row.created_at = times[row.pk]
    for item in said.items:
        item.state_since = since[item.pk]
    Comment.objects.bulk_update(said.comments, ["created_at"])
    FeedbackItem.objects.bulk_update(said.items, ["created_at", "state_since"])
    Annotation.objects.bulk_create(said.marks)
    Sighting.objects.bulk_create(said.sightings)
    Revision.objects.bulk_update([span.revision for span in said.spans], ["settled_at"])
