"""Finding projects, deliverables and people by what somebody typed into the palette. Three queries at most."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, IntegerField, Q, Value, When

from signoff.accounts.models import Membership, Role
from signoff.core.actor import Actor
from signoff.deliverables.models import Deliverable
from signoff.projects.models import Project
from signoff.search.words import distance, pieces_of, words_of

CANDIDATES = 200  # looked at in Python, of each kind; those that hold the words as typed come first
PROJECT_FIELDS = ("job_number", "name", "client_team__name")
DELIVERABLE_FIELDS = ("name", "slug", "project__name", "project__job_number")
PERSON_FIELDS = ("user__name", "user__email")


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found. `kind` is project, deliverable or person; `cover` is a deliverable's thumbnail."""

    kind: str
    id: UUID
    title: str
    subtitle: str
    status: str
    cover: UUID | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    rank: tuple[int, int]
    found: Found


def find(actor: Actor, text: str, most: int = 20) -> list[Found]:
    """The best matches that the actor may see, best first; archived and done ones behind their equals.

    Words may be beginnings, in any order, with a slip in each. Nothing typed finds nothing.
    """
    words = words_of(text)
    if not words:
        return []
    ranked = [*_projects(actor, words), *_deliverables(actor, words)]
    if actor.role != Role.CLIENT_VIEWER:
        ranked += _people(actor, words)
    return [one.found for one in sorted(ranked, key=lambda one: one.rank)[:most]]


def _projects(actor: Actor, words: Sequence[str]) -> Iterable[Ranked]:
    rows = Project.objects.visible_to(actor).select_related("client_team").filter(_all(words, PROJECT_FIELDS))
    for row in rows.order_by(_as_typed_first(words, PROJECT_FIELDS), "-id")[:CANDIDATES]:
        client = row.client_team.name if row.client_team else ""
        found = Found("project", row.pk, row.name, " · ".join(filter(None, (row.job_number, client))), row.status)
        yield from _ranked(found, words, (row.job_number, row.name), client, 20 if row.is_archived else 0)


def _deliverables(actor: Actor, words: Sequence[str]) -> Iterable[Ranked]:
    own = _any(words, DELIVERABLE_FIELDS[:2])
    rows = Deliverable.objects.visible_to(actor).select_related("project")
    rows = rows.filter(_all(words, DELIVERABLE_FIELDS) & own, project__archived_on__isnull=True)
    for row in rows.order_by(_as_typed_first(words, DELIVERABLE_FIELDS), "-id")[:CANDIDATES]:
        place = f"{row.project.job_number} · {row.project.name}"
        found = Found("deliverable", row.pk, row.name, place, row.status, row.cover_for(actor))
        yield from _ranked(found, words, (row.name, row.slug), place, 10 if row.status == "cancelled" else 1)


def _people(actor: Actor, words: Sequence[str]) -> Iterable[Ranked]:
    rows = Membership.objects.visible_to(actor).people().select_related("user").filter(_all(words, PERSON_FIELDS))
    for row in rows.order_by("user__name")[:CANDIDATES]:
        found = Found("person", row.user_id, row.user.name, str(row.get_role_display()), "")
        yield from _ranked(found, words, (row.user.name, row.user.email), "", 2)


def _ranked(found: Found, words: Sequence[str], titles: Sequence[str], around: str, behind: int) -> Iterable[Ranked]:
    """By its own names first, then by its names and what stands around it."""
    given = list(words)
    near = [far for title in titles if (far := distance(given, title)) is not None]
    wide = distance(given, " ".join((*titles, around)))
    if near:
        yield Ranked((min(near), behind), found)
    elif wide is not None:
        yield Ranked((wide + 2, behind), found)


def _all(words: Sequence[str], fields: Sequence[str]) -> Q:
    """Rows where each word, or a piece of it, is in one of the fields."""
    condition = Q()
    for word in words:
        condition &= _any([word], fields)
    return condition


def _any(words: Sequence[str], fields: Sequence[str]) -> Q:
    condition = Q()
    for word in words:
        for piece in pieces_of(word):
            for field in fields:
                condition |= Q((f"{field}__icontains", piece))
    return condition


def _as_typed_first(words: Sequence[str], fields: Sequence[str]) -> Case:
    as_typed = Q()
    for word in words:
        as_typed &= Q(*((f"{field}__icontains", word) for field in fields), _connector=Q.OR)
    return Case(When(as_typed, then=Value(0)), default=Value(1), output_field=IntegerField())
