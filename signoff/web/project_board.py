"""A project's board: columns of cards, drawn here, moved by an island that asks the API."""

from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from signoff.projects.models import Project
from signoff.reviews.board import A_COLUMN, COLUMNS, STOPPED, Card, Filter, cards_of, count_columns, count_views
from signoff.reviews.board import deliverables_of as rows_of
from signoff.web.actor import actor_of, signed_in
from signoff.web.projects import crumbs_of, deliverable_link, head_of, may_of, project_of
from signoff.web.render import render

FOLDED = ("delivered", *STOPPED)
FLAGS = ("waiting", "late", "over")


@dataclass(frozen=True, slots=True)
class BoardColumn:
    status: str
    count: int
    with_client: int
    more_url: str
    cards: list[Card] = field(default_factory=list)

    @property
    def is_folded(self) -> bool:
        return self.status in FOLDED


@dataclass(frozen=True, slots=True)
class BoardView:
    """A tab over the board."""

    word: str
    count: int
    url: str
    is_current: bool


@require_safe
@signed_in
def board(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """The whole page; for htmx the columns, or with `column` and `after` the next cards of one."""
    actor, project = actor_of(request), project_of(request, project_id)
    said = _filter(request)
    rows = rows_of(actor, project.pk, said, localdate())
    context = {"project": project, "deliverable_link": deliverable_link(), "may": may_of(actor, project)}
    is_fragment = request.headers.get("HX-Request") == "true"
    if is_fragment and request.GET.get("column") in {*COLUMNS, *STOPPED}:
        column, after = request.GET["column"], _after(request)
        cards = cards_of(actor, rows, column=column, after=after)
        more = _more_url(request, project, column, after + A_COLUMN) if len(cards) == A_COLUMN else ""
        return render(request, "projects/_cards.html", context | {"cards": cards, "more_url": more})
    context["columns"] = _columns(request, project, cards_of(actor, rows), count_columns(rows))
    if is_fragment:
        return render(request, "projects/_board.html", context)
    whole = {
        "head": head_of(actor, project),
        "crumbs": crumbs_of(project),
        "tab": "board",
        "views": _views(project, said, count_views(actor, project.pk, localdate())),
        "said": said,
    }
    return render(request, "projects/board.html", context | whole)


def _filter(request: HttpRequest) -> Filter:
    flags = {name: request.GET.get(name) == "1" for name in FLAGS}
    return Filter(find=request.GET.get("q", "")[:200].replace("\x00", ""), **flags)


def _after(request: HttpRequest) -> int:
    said = request.GET.get("after", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else 0


def _columns(request: HttpRequest, project: Project, cards: list[Card], counts: dict[str, int]) -> list[BoardColumn]:
    shown = [*COLUMNS, *(status for status in STOPPED if counts.get(status))]
    return [_column(request, project, status, counts, [c for c in cards if c.row.status == status]) for status in shown]


def _column(
    request: HttpRequest, project: Project, status: str, counts: dict[str, int], cards: list[Card]
) -> BoardColumn:
    count = counts.get(status, 0)
    more = _more_url(request, project, status, A_COLUMN) if count > len(cards) else ""
    return BoardColumn(status, count, sum(card.is_with_client for card in cards), more, cards)


def _more_url(request: HttpRequest, project: Project, status: str, after: int) -> str:
    said = request.GET.copy()
    said["column"], said["after"] = status, str(after)
    return f"{reverse('project-board', args=[project.pk])}?{said.urlencode()}"


def _views(project: Project, said: Filter, counts: dict[str, int]) -> list[BoardView]:
    address = reverse("project-board", args=[project.pk])
    words = {"waiting": _("Waiting for client"), "late": _("Late"), "over": _("Over allowance")}
    now = next((name for name in FLAGS if getattr(said, name)), "")
    first = BoardView(_("All deliverables"), counts["all"], address, now == "" and not said.find)
    others = (BoardView(word, counts[n], f"{address}?{urlencode({n: 1})}", now == n) for n, word in words.items())
    return [first, *others]
