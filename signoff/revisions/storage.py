"""The storage that this installation keeps its files in, and which of the two ways it takes."""

from functools import cache
from typing import TypeGuard, cast

from django.conf import settings
from django.utils.module_loading import import_string

from signoff.integrations.storage.port import AppendingStorage, PartsStorage, Storage


@cache
def storage() -> Storage:
    """As `settings.STORAGE` says: the class, and what it is made with. Made once a process."""
    made = import_string(settings.STORAGE["class"])(**settings.STORAGE["options"])
    return cast(Storage, made)


def room_for(size: int) -> int:
    """How many of `size` bytes may come: files leave free what the operator set aside, for the database perhaps."""
    free = storage().free()
    return size if free is None else max(min(size, free - settings.STORAGE_RESERVE_BYTES), 0)


def is_direct(place: Storage) -> TypeGuard[PartsStorage]:
    """People's browsers talk to it themselves, by addresses we sign."""
    return place.is_direct


def takes_pieces(place: Storage) -> TypeGuard[AppendingStorage]:
    """Files reach it through us."""
    return not place.is_direct
