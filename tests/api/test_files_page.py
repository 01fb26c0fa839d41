"""docs/FILES.md does what it says: its examples are run in a shell, in their order, against the real server."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from signoff.accounts.actions import issue_api_key
from signoff.api.v1 import api
from signoff.deliverables.models import Deliverable
from signoff.revisions.models import MediaFile, Rendition, Revision, Step, Upload
from tests.browser.real_server import site, site_media, site_process
from tests.cast import Cast
from tests.files import keep_files_in, picture

__all__ = ["site", "site_media", "site_process"]
PAGE = (Path(__file__).parents[2] / "docs" / "FILES.md").read_text()
EXAMPLES = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
SETTING, ANNOUNCING, SENDING, MAKING, ASKING, GOING_ON, LISTING, TUS, RECEIPTS, ORIGINAL, *LAST = EXAMPLES
RENDITION, NOTE, RELEASE = LAST


@pytest.fixture
def shell(
    site: str, site_media: Path, settings: Any, media: Path, cast: Cast, key_visual: Deliverable, tmp_path: Path
) -> Callable[..., str]:
    """Runs examples in a directory with a picture, as one script with what the first of them asks to be set."""
    keep_files_in(settings, site_media)
    (tmp_path / "hero.png").write_bytes(picture(320, 240))
    said = {"organization": cast.organization, "name": "Sync", "scopes": ["read", "write"]}
    key = issue_api_key(actor=cast.actor("ada"), **said).secret
    known = f"SIGNOFF={site}\nKEY={key}\nDELIVERABLE={key_visual.pk}\n"

    def run(*examples: str) -> str:
        script = "set -eu -o pipefail\n" + known + "\n".join(examples)
        done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    return run


@pytest.mark.django_db(transaction=True)
def test_three_requests_make_a_round(shell: Callable[..., str], run_jobs: Callable[[], None], tmp_path: Path) -> None:
    shell(ANNOUNCING, SENDING, MAKING)
    run_jobs()
    known = [line for line in MAKING.splitlines() if line.startswith(("ROUND=", "FILE="))]
    said = shell(*known, RECEIPTS, ORIGINAL, RENDITION, NOTE, RELEASE)

    revision, file = Revision.objects.select_related("deliverable").get(), MediaFile.objects.get()
    assert (file.name, file.step, said.startswith('"ready"')) == ("hero.png", Step.RENDERED, True)
    assert (revision.note, revision.source, revision.is_released) == ("The sun is much lower", "api", True)
    assert (tmp_path / "original.png").read_bytes() == (tmp_path / "hero.png").read_bytes()
    thumbnail = Rendition.objects.get(kind="thumbnail")
    assert (tmp_path / "thumbnail.webp").stat().st_size == thumbnail.size


@pytest.mark.django_db(transaction=True)
def test_what_broke_off_goes_on(shell: Callable[..., str], tmp_path: Path) -> None:
    whole = tmp_path / "hero.png"
    shell(ANNOUNCING, SENDING.replace("-T hero.png", "--data-binary @- < <(head -c 100 hero.png)"))
    again = shell(ANNOUNCING, ASKING, GOING_ON, MAKING, LISTING)

    file = MediaFile.objects.get()
    assert ("upload-offset: 100\n" in again, again.endswith("[]")) == (True, True)
    assert (file.size, Upload.objects.count()) == (whole.stat().st_size, 0)


@pytest.mark.django_db(transaction=True)
def test_a_tus_client_begins_by_headers(shell: Callable[..., str], tmp_path: Path) -> None:
    said = shell(TUS)

    upload = Upload.objects.get()
    assert (upload.name, upload.size) == ("hero.png", (tmp_path / "hero.png").stat().st_size)
    assert re.search(r"^location: /uploads/\S+\s*$", said, re.MULTILINE)


def test_the_page_sets_what_its_examples_use() -> None:
    assert [line.partition("=")[0] for line in SETTING.splitlines()] == ["SIGNOFF", "KEY", "DELIVERABLE"]


def test_every_address_of_the_page_is_one_of_the_api() -> None:
    paths = {re.sub(r"\{\w+\}", "ID", path) for path in api.get_openapi_schema()["paths"]}
    said = re.findall(r"\$SIGNOFF(/api/v1/[\w$/-]+)|`(?:[A-Z]+ )?((?:uploads|rounds)/ID[\w/]*)`", PAGE)
    named = {re.sub(r"\$[A-Z]+", "ID", whole or f"/api/v1/{part}") for whole, part in said}
    assert named - paths == set()
