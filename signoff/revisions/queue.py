"""Promises: the worker will do it, if and only if the transaction they are made in is kept."""

from collections.abc import Iterable, Sequence

from django.conf import settings

from signoff.revisions.models import FileKind, MediaFile, MediaFileQuerySet, Rendition
from signoff.revisions.tasks import process_file, remove_files

FIRST, LAST = 5, -5
SMALL = 30 * 1024 * 1024  # bytes


def process_later(files: Iterable[MediaFile]) -> None:
    """Check and render the files; pictures and other small ones first, so that something is seen soon.

    Of the others so many are done at once as `settings.MEDIA_HEAVY_AT_ONCE` says, over all workers.
    """
    for file in files:
        if _is_quick(file):
            process_file.configure(priority=FIRST).defer(file_id=str(file.pk))
        else:
            lock = f"revisions.heavy.{file.pk.int % settings.MEDIA_HEAVY_AT_ONCE}"
            process_file.configure(priority=LAST, lock=lock).defer(file_id=str(file.pk))


def remove_later(keys: Sequence[str], parts: Sequence[tuple[str, str]] = ()) -> None:
    """Take files that no row names any more out of the storage."""
    if keys or parts:
        remove_files.defer(keys=list(keys), parts=[list(one) for one in parts])


def remove_files_of(files: MediaFileQuerySet) -> None:
    """Take these originals and all that was rendered of them out of the storage; their rows go next.

    Locks the files, so that the worker, which may be at one of them, keeps nothing more of it.
    """
    keys = [file.key for file in files.select_for_update(of=("self",))]
    remove_later([*keys, *Rendition.objects.filter(file__in=files).values_list("key", flat=True)])


def _is_quick(file: MediaFile) -> bool:
    return file.size <= SMALL and file.kind != FileKind.VIDEO
