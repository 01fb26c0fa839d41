"""Taking away what nobody needs any more. A row goes first, its file after it: never the other way round."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import islice

from django.db import models
from django.utils.timezone import now

from signoff.revisions.models import MediaFile, Rendition, Upload
from signoff.revisions.storage import is_direct, storage

PREFIXES = ("originals/", "renditions/")
NAMING = (Upload, MediaFile, Rendition)
YOUNG = timedelta(hours=24)  # what is younger may be on its way to its row
BATCH = 500


def sweep(at: datetime | None = None) -> int:
    """Forget uploads that are over, then remove every file and half upload that no row names; how many."""
    at = at or now()
    over = Upload.objects.filter(expires_at__lte=at)
    over.delete()
    return sum(sweep_files(prefix, at - YOUNG, NAMING) for prefix in PREFIXES) + _sweep_parts(at - YOUNG)


def remove_files(keys: Sequence[str], parts: Sequence[tuple[str, str]] = ()) -> None:
    """Remove these, but for those that a row still names."""
    place = storage()
    kept = _named(keys, NAMING)
    place.remove([key for key in keys if key not in kept])
    if is_direct(place):
        for key, parts_id in parts:
            place.drop_parts(key, parts_id)


def sweep_files(prefix: str, older_than: datetime, naming: Sequence[type[models.Model]]) -> int:
    """Remove what lies below `prefix` and no row of these names in its `key`; how many."""
    place, removed = storage(), 0
    old = (one.key for one in place.listed(prefix) if one.changed_at < older_than)
    while keys := list(islice(old, BATCH)):
        kept = _named(keys, naming)
        orphans = [key for key in keys if key not in kept]
        place.remove(orphans)
        removed += len(orphans)
    return removed


def _sweep_parts(older_than: datetime) -> int:
    place = storage()
    if not is_direct(place):
        return 0
    wanted = set(Upload.objects.exclude(parts_id="").values_list("parts_id", flat=True))
    found = list(place.listed_parts(PREFIXES[0]))
    orphans = [(key, one) for key, one, begun in found if begun < older_than and one not in wanted]
    for key, parts_id in orphans:
        place.drop_parts(key, parts_id)
    return len(orphans)


def _named(keys: Iterable[str], naming: Sequence[type[models.Model]]) -> set[str]:
    """Those that a row names. Uploads are asked first: one that turns into a file meanwhile is found as either."""
    wanted = list(keys)
    rows = (model._default_manager.filter(key__in=wanted).values_list("key", flat=True) for model in naming)
    return {key for found in rows for key in found}
