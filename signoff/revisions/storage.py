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


def is_direct(place: Storage) -> TypeGuard[PartsStorage]:
    """People's browsers talk to it themselves, by addresses we sign."""
    return place.is_direct


def takes_pieces(place: Storage) -> TypeGuard[AppendingStorage]:
    """Files reach it through us."""
    return not place.is_direct
