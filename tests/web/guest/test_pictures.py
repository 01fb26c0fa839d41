"""A link with watermarks: pictures come with the guest's address, originals do not come at all."""

import re
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image

from signoff.guests.actions import LinkDraft, make_link
from signoff.guests.watermark import key_of
from signoff.revisions.storage import storage
from tests import factories


@pytest.fixture
def preview(key_visual, tmp_path):
    path = tmp_path / "grey.webp"
    Image.new("RGB", (640, 400), "#777777").save(path)
    file = factories.media_file(factories.revision(key_visual, is_released=True), kind="image", media_type="image/png")
    row = factories.rendition(file, kind="preview", width=640, height=400)
    storage().put(row.key, path, "image/webp")
    return row


def entered(cast, key_visual, **values):
    _, address = make_link(actor=cast.actor("pat"), draft=LinkDraft(**values), deliverable=key_visual)
    client = Client()
    return client, client.post("/g/" + address.rsplit("/", 1)[1])["Location"].rstrip("/")


def test_a_picture_carries_who_looks_and_no_original_goes_out(cast, key_visual, preview, tmp_path: Path):
    client, home = entered(cast, key_visual, is_watermarked=True, downloads="always")
    page = client.get(f"{home}/deliverables/{key_visual.pk}/review").content.decode()
    assert f"{home}/guest/pictures/{preview.pk}" in page and "/media/" not in re.sub("thumbnail", "", page)
    assert client.get(f"{home}/files/{preview.file_id}/original").status_code == 403
    answer = client.get(f"{home}/guest/pictures/{preview.pk}")
    assert (answer.status_code, answer["Location"].startswith("/media/")) == (302, True)
    with Image.open(storage().local(key_of(preview, "127.0.0.1"), tmp_path)) as made:
        assert made.size == (640, 400) and len(made.convert("L").getcolors() or []) > 10


def test_without_it_pictures_are_plain(cast, key_visual, preview):
    client, home = entered(cast, key_visual)
    page = client.get(f"{home}/deliverables/{key_visual.pk}/review").content.decode()
    assert "guest/pictures" not in page and "/media/" in page


def test_pictures_of_other_work_are_not_there(cast, first_light, key_visual, preview):
    other = factories.deliverable(first_light, "Banner")
    client, home = entered(cast, other, is_watermarked=True)
    assert client.get(f"{home}/guest/pictures/{preview.pk}").status_code == 404
