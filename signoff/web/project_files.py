"""A project's files: a gallery of what came with its rounds, filtered by the address, drawn anew while work goes on."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from signoff.accounts.models import Role
from signoff.core.actor import Actor
from signoff.projects.models import Project
from signoff.revisions.listing import (
    A_PAGE,
    STATES,
    FileFilter,
    Place,
    approved_files,
    figures_of,
    groups_of,
    total_of,
)
from signoff.revisions.models import FileKind
from signoff.web.actor import actor_of, member_of, signed_in
from signoff.web.answers import is_htmx
from signoff.web.projects import crumbs_of, head_of, may_of, project_of
from signoff.web.render import render

VIEWS = ("gallery", "list")
MOST_AT_ONCE = 500  # groups, when a page that shows several pages of them asks for all of it anew
# As a filter, its sign, and one of them. icons: image clapperboard volume-2 file-text file
KINDS: dict[str, tuple[str | Promise, str, str | Promise]] = {
    FileKind.IMAGE: (gettext_lazy("Pictures"), "image", gettext_lazy("Picture")),
    FileKind.VIDEO: (gettext_lazy("Videos"), "clapperboard", gettext_lazy("Video")),
    FileKind.PDF: (gettext_lazy("PDF"), "file-text", gettext_lazy("PDF")),
    FileKind.AUDIO: (gettext_lazy("Audio"), "volume-2", gettext_lazy("Audio")),
    FileKind.OTHER: (gettext_lazy("Other"), "file", gettext_lazy("File")),
}


@require_safe
@signed_in
def files(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """The whole page; for htmx the list with its figures, or with `after` the next groups."""
    actor, project = actor_of(request), project_of(request, project_id)
    wanted = filter_of(actor, request.GET)
    after = Place.said(request.GET.get("after", ""))
    groups, following = groups_of(actor, project.pk, wanted, after=after, most=_most(request))
    context = _around(request, project, wanted) | {"groups": groups, "more_url": _more_url(project, wanted, following)}
    if is_htmx(request) and after:
        return render(request, "projects/_file_groups.html", context)
    context |= _figures(actor, project, wanted) | {"is_fragment": is_htmx(request)}
    if is_htmx(request):
        return render(request, "projects/_files.html", context)
    head = {"head": head_of(actor, project), "crumbs": crumbs_of(project), "tab": "files"}
    return render(request, "projects/files.html", context | head | {"may": may_of(actor, project)})


def filter_of(actor: Actor, said: Mapping[str, str]) -> FileFilter:
    """What the address asks for; what it says wrongly filters nothing. Clients see only what was released."""
    is_client = actor.role == Role.CLIENT_VIEWER
    kind, state = said.get("kind", ""), said.get("state", "")
    return FileFilter(
        text=said.get("q", "")[:200].replace("\x00", "").strip(),
        kind=kind if kind in KINDS else "",
        state=state if state in STATES else "",
        released=None if is_client else {"yes": True, "no": False}.get(said.get("released", "")),
        is_every_round=said.get("rounds") == "all",
    )


def query_of(wanted: FileFilter) -> str:
    """The same as an address says it."""
    said = {
        "q": wanted.text,
        "kind": wanted.kind,
        "state": wanted.state,
        "released": {True: "yes", False: "no", None: ""}[wanted.released],
        "rounds": "all" if wanted.is_every_round else "",
    }
    return urlencode({name: value for name, value in said.items() if value})


def _around(request: HttpRequest, project: Project, wanted: FileFilter) -> dict[str, Any]:
    view = request.GET.get("view") or member_of(request).user.preferences.get("files", "")
    return {
        "project": project,
        "wanted": wanted,
        "is_filtered": wanted != FileFilter(),
        "is_client": actor_of(request).role == Role.CLIENT_VIEWER,
        "kinds": KINDS,
        "view": view if view in VIEWS else VIEWS[0],
    }


def _figures(actor: Actor, project: Project, wanted: FileFilter) -> dict[str, Any]:
    """Totals, what is approved, and what each kind would bring. Two queries."""
    figures = figures_of(actor, project.pk, wanted)
    count, size = total_of(approved_files(actor, project.pk))
    every_kind = sum(figures.kinds.values())
    kinds = [("", gettext_lazy("All"), every_kind), *((k, KINDS[k][0], figures.kinds[k]) for k in KINDS)]
    tabs = [
        (word, number, _url(project, replace(wanted, kind=kind)), kind == wanted.kind)
        for kind, word, number in kinds
        if number or kind in ("", wanted.kind)
    ]
    return {"figures": figures, "approved_count": count, "approved_size": size, "tabs": tabs}


def _most(request: HttpRequest) -> int:
    """How many groups: a page, or as many as are shown already."""
    said = request.GET.get("groups", "")
    return max(A_PAGE, min(int(said), MOST_AT_ONCE)) if said.isascii() and said.isdigit() and len(said) < 5 else A_PAGE


def _url(project: Project, wanted: FileFilter) -> str:
    query = query_of(wanted)
    return f"{reverse('project-files', args=[project.pk])}{'?' if query else ''}{query}"


def _more_url(project: Project, wanted: FileFilter, following: Place | None) -> str:
    if following is None:
        return ""
    query = query_of(wanted)
    return f"{reverse('project-files', args=[project.pk])}?{query}{'&' if query else ''}after={following}"
