"""Many files at once over a wire that breaks, while web and worker are killed: nothing is lost, half or left over.

`make campaign` sends a hundred; `SIGNOFF_CAMPAIGN_UPLOADS` and `SIGNOFF_CAMPAIGN_SEED` set both.
"""

import hashlib
import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils.timezone import now
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from signoff.accounts.actions import issue_api_key
from signoff.deliverables.models import Deliverable
from signoff.projects.models import Project
from signoff.revisions.models import MediaFile, Rendition, Revision, Upload
from signoff.revisions.storage import storage
from signoff.revisions.sweep import sweep
from tests import factories
from tests.cast import Cast
from tests.files import noise, picture
from tests.stories.house import House
from tests.stories.sender import Sender

UPLOADS = int(os.environ.get("SIGNOFF_CAMPAIGN_UPLOADS", "24"))
SEED = int(os.environ.get("SIGNOFF_CAMPAIGN_SEED", str(int(time.time()))))
DELIVERABLES = 5


@pytest.fixture
def house(transactional_db: None, media: Path) -> Any:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    made = House(media)
    made.start("web")
    made.start("worker")
    yield made
    made.stop()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_finished_upload_has_its_file_and_nothing_else_is_left(
    cast: Cast, first_light: Project, house: House, media: Path
) -> None:
    print(f"\nSIGNOFF_CAMPAIGN_SEED={SEED} SIGNOFF_CAMPAIGN_UPLOADS={UPLOADS}")  # noqa: T201
    random = Random(SEED)
    issued = issue_api_key(actor=cast.actor("ada"), organization=cast.organization, name="Sync", scopes=["write"])
    rows = [factories.deliverable(first_light, f"Banner {n}") for n in range(DELIVERABLES)]
    senders = [_sender(house, issued.secret, rows, number, random) for number in range(UPLOADS)]
    halves, watching = _watch_for_halves({one.sha256 for one in senders})
    with ThreadPoolExecutor(min(UPLOADS, 100)) as wires:
        sent = [wires.submit(sender.run) for sender in senders]
        for name in ("web", "worker", "web"):
            time.sleep(random.uniform(0.5, 2.0))
            house.kill(name)
            time.sleep(random.uniform(0.1, 0.5))
            house.start(name)
        for one in sent:
            one.result()
    _let_the_worker_finish()
    watching.set()

    finished = {one.round_id: one.sha256 for one in senders if not one.gives_up}
    assert halves == []
    assert {str(file.revision_id): file.sha256 for file in MediaFile.objects.all()} == finished
    assert {str(file.revision_id): _sha256_in(file.key) for file in MediaFile.objects.all()} == finished
    assert {file.state for file in MediaFile.objects.all()} == {"ready"}
    assert [row.round for row in Deliverable.objects.order_by("name")] == [
        Revision.objects.filter(deliverable=row).count() for row in Deliverable.objects.order_by("name")
    ]
    sweep(now() + timedelta(hours=49))
    assert Upload.objects.count() == 0
    there = {path.relative_to(media).as_posix() for path in media.rglob("*") if path.is_file()}
    assert there == {key for model in (MediaFile, Rendition) for key in model.objects.values_list("key", flat=True)}


def _sender(house: House, key: str, rows: list[Deliverable], number: int, random: Random) -> Sender:
    """Every fifth gives up half-way; half of them are pictures, the rest is anything, up to 3 MB."""
    is_picture = number % 2 == 0
    data = picture(40 + number, 40, f"#{number:02x}8844") + noise(random.randrange(20_000), number)
    if not is_picture:
        data = noise(random.randrange(50_000, 3_000_000), SEED + number)
    name = f"{number}.{'png' if is_picture else 'bin'}"
    dice = Random(random.random())
    row = str(rows[number % len(rows)].pk)
    return Sender(house.port, key, row, name, data, dice, gives_up=number % 5 == 4)


def _watch_for_halves(whole: set[str]) -> tuple[list[str], Event]:
    """Look at every file that has a row, all the time: whichever is there is all there."""
    halves: list[str] = []
    over = Event()

    def look() -> None:
        while not over.wait(0.1):
            halves.extend(f.name for f in MediaFile.objects.all() if _sha256_in(f.key) not in whole)
        connection.close()

    Thread(target=look, daemon=True).start()
    return halves, over


def _sha256_in(key: str) -> str:
    digest = hashlib.sha256()
    for piece in storage().read(key):
        digest.update(piece)
    return digest.hexdigest()


def _let_the_worker_finish() -> None:
    """Jobs of killed workers are found by their silence (half a minute in earnest); then all must be done."""
    until = time.monotonic() + 180
    while MediaFile.objects.exclude(step="rendered").filter(failure="").exists():
        assert time.monotonic() < until, "The worker did not finish."
        _wake_stalled_jobs()
        time.sleep(0.5)


def _wake_stalled_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"
            " WHERE last_heartbeat < now() - interval '15 seconds'"
        )
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task("ops.retry_stalled_jobs", queueing_lock="ops.retry_stalled_jobs").defer(timestamp=0)
