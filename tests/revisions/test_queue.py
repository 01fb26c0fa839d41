"""What is done first, and what waits for its turn."""

from procrastinate.contrib.django.models import ProcrastinateJob

from signoff.revisions.models import MediaFile
from signoff.revisions.queue import process_later
from tests.files import add_round, picture


def jobs():
    return list(ProcrastinateJob.objects.order_by("id").values_list("priority", "lock"))


def test_pictures_come_first_and_films_wait_for_a_place(cast, key_visual, settings):
    settings.MEDIA_HEAVY_AT_ONCE = 1
    add_round(cast.actor("art"), key_visual, picture())
    add_round(cast.actor("art"), key_visual, b"not a film yet", name="film.mp4")
    assert jobs() == [(5, None), (-5, "revisions.heavy.0")]


def test_a_large_file_waits_whatever_it_is(cast, key_visual, settings):
    settings.MEDIA_HEAVY_AT_ONCE = 1
    add_round(cast.actor("art"), key_visual, picture())
    file = MediaFile.objects.get()
    file.size = 31 * 1024 * 1024
    process_later([file])
    assert jobs() == [(5, None), (-5, "revisions.heavy.0")]
