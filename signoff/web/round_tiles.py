"""The rounds of a deliverable as its page shows them: the one that is looked at, and a tile for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from signoff.accounts.models import Role
from signoff.accounts.policy import Permission, can
from signoff.core.actor import Actor
from signoff.deliverables.models import Deliverable
from signoff.insight.rounds import Standing, standings
from signoff.revisions.addresses import rendition_address
from signoff.revisions.models import MediaFile, Rendition, RenditionKind, Revision
from signoff.revisions.taking import may_take
from signoff.web.guest.pictures import shown_to
from signoff.web.short_names import short_names
from signoff.web.viewer import ICONS, STEPS, view_of

MOST_DIGITS = 5
# standing: (word for the house, word for clients, kind of chip)
Badge = tuple[str | Promise, str | Promise, str]
BADGES: dict[Standing, Badge] = {
    Standing.APPROVED: (gettext_lazy("Approved"), gettext_lazy("Approved"), "ok"),
    Standing.WITH_CLIENT: (gettext_lazy("With client"), gettext_lazy("Your review"), "client"),
    Standing.CHANGES: (gettext_lazy("Changes"), gettext_lazy("Changes"), "warn"),
    Standing.RELEASED: (gettext_lazy("Shown"), "", "client"),
    Standing.INTERNAL: (gettext_lazy("Internal"), "", "internal"),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """One round in the strip. `state` and `icon` stand in while there is no thumbnail."""

    revision: Revision
    thumbnail: str
    is_wave: bool
    icon: str
    state: str
    badge: str
    tone: str
    is_shown: bool


def rounds_of(request: HttpRequest, actor: Actor, row: Deliverable) -> dict[str, Any]:
    """What the address asks for (`round`, `file`, `page`), or the newest round. Seven queries, however many rounds."""
    revisions = revisions_of(actor, row)
    wanted = whole(request, "round")
    chosen = next((one for one in revisions if one.round == wanted), revisions[0] if revisions else None)
    is_client = actor.role == Role.CLIENT_VIEWER
    may = _may(actor, row, chosen)
    return {
        "row": row,
        "is_client": is_client,
        "chosen": chosen,
        "is_asked": bool(chosen and wanted == chosen.round),
        "newest": revisions[0] if revisions else None,
        "tiles": _tiles(actor, row, revisions, chosen) if chosen else [],
        "next_round": row.round + 1,
        "without_files": "" if is_client else _without_files(row, revisions),
        "may": may,
        "steps": STEPS,
        "icons": ICONS,
        "today": localdate(),
        **_files(request, actor, chosen),
    }


def revisions_of(actor: Actor, row: Deliverable) -> list[Revision]:
    """Newest first, each with the number of its files."""
    rows = Revision.objects.visible_to(actor).filter(deliverable=row).select_related("added_by")
    found = list(rows.annotate(file_count=Count("files", distinct=True)).order_by("-round"))
    for revision in found:
        revision.deliverable = row
    return found


def _may(actor: Actor, row: Deliverable, chosen: Revision | None) -> dict[str, bool]:
    is_open = not (row.held or row.project.is_archived)
    uploads = is_open and can(actor, Permission.UPLOAD_ROUND)
    changes = uploads and chosen is not None and chosen.may_change
    return {
        "upload": uploads,
        "retry": can(actor, Permission.UPLOAD_ROUND),
        "release": is_open and can(actor, Permission.RELEASE_ROUND),
        "change": changes,
        "withdraw": changes and chosen is not None and not chosen.is_released,
    }


def _tiles(actor: Actor, row: Deliverable, revisions: Sequence[Revision], chosen: Revision | None) -> list[Tile]:
    pictures, firsts = _pictures(actor, row), _firsts(actor, row)
    stands = standings(actor, row, revisions)
    is_client = actor.role == Role.CLIENT_VIEWER
    return [
        _tile(one, pictures.get(one.pk), firsts.get(one.pk), BADGES[stands[one.pk]], is_client, one is chosen)
        for one in revisions
    ]


def _tile(
    revision: Revision, picture: Rendition | None, first: MediaFile | None, badge: Badge, is_client: bool, here: bool
) -> Tile:
    icon, state = (ICONS[first.kind], first.state) if first else ("file", "ready")
    address = rendition_address(picture) if picture else ""
    is_wave = picture is not None and picture.kind == RenditionKind.WAVEFORM
    return Tile(revision, address, is_wave, icon, state, str(badge[is_client]), str(badge[2]), here)


def _pictures(actor: Actor, row: Deliverable) -> dict[UUID, Rendition]:
    """Of each round the first thumbnail there is; of one that is only heard, its waveform."""
    kinds = [RenditionKind.THUMBNAIL, RenditionKind.WAVEFORM]  # also their order by name
    rows = Rendition.objects.visible_to(actor).filter(kind__in=kinds, file__revision__deliverable=row)
    rows = rows.select_related("file").order_by("file__revision_id", "kind", "file__position")
    return {one.file.revision_id: one for one in rows.distinct("file__revision_id")}


def _firsts(actor: Actor, row: Deliverable) -> dict[UUID, MediaFile]:
    rows = MediaFile.objects.visible_to(actor).filter(revision__deliverable=row).defer("failure_tail")
    return {one.revision_id: one for one in rows.order_by("revision_id", "position").distinct("revision_id")}


def _files(request: HttpRequest, actor: Actor, chosen: Revision | None) -> dict[str, Any]:
    """The round's files, and the one that is looked at."""
    if chosen is None:
        return {"files": [], "view": None}
    rows = MediaFile.objects.visible_to(actor).filter(revision=chosen)
    files = list(rows.prefetch_related("renditions").order_by("position"))
    thumbnails = {one.pk: _thumbnail(one) for one in files}
    position = min(max(whole(request, "file"), 1), max(len(files), 1))
    takes = may_take(actor, chosen)
    view = view_of(files[position - 1], whole(request, "page"), takes=takes, at=shown_to(actor)) if files else None
    short = short_names([one.name for one in files])
    return {"files": files, "short_names": short, "thumbnails": thumbnails, "position": position, "view": view}


def _thumbnail(file: MediaFile) -> str:
    found = (one for one in file.renditions.all() if one.kind == RenditionKind.THUMBNAIL)
    return next((rendition_address(one) for one in found), "")


def _without_files(row: Deliverable, revisions: Sequence[Revision]) -> str:
    """Rounds that a spreadsheet counts, and of which nothing is here."""
    here = {one.round for one in revisions}
    gone = [n for n in range(1, row.round + 1) if n not in here]
    if not gone:
        return ""
    numbers = _("%(first)s to %(last)s") % {"first": gone[0], "last": gone[-1]}
    if len(gone) == 1:
        return _("Round %(n)s was made before files were kept here.") % {"n": gone[0]}
    if gone[-1] - gone[0] + 1 != len(gone):
        numbers = ", ".join(map(str, gone))
    return _("Rounds %(numbers)s were made before files were kept here.") % {"numbers": numbers}


def whole(request: HttpRequest, name: str) -> int:
    """A number of the address; 0 where it says none."""
    said = request.GET.get(name, "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= MOST_DIGITS else 0
