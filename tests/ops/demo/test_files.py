from collections.abc import Iterator

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from signoff.accounts.models import Organization
from signoff.audit.models import Event
from signoff.audit.verbs import Verb
from signoff.deliverables.models import Deliverable
from signoff.ops.demo.files import take_files
from signoff.revisions.models import MediaFile, Revision
from signoff.revisions.process import process_file
from signoff.revisions.storage import storage
from tests.ops.demo.test_load import actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def row_named(name: str) -> Deliverable:
    return Deliverable.objects.get(name=name)


def take(*names: str) -> None:
    take_files([(row.pk, row.round) for row in map(row_named, names)])


@pytest.fixture(scope="module")
def sleeve(demo: None) -> Iterator[Deliverable]:
    """Three rounds, one more than agreed; drawn once for the tests below."""
    with transaction.atomic():
        take("Gift box sleeve")
        yield row_named("Gift box sleeve")
        transaction.set_rollback(True)


def test_loading_promises_the_files_of_every_row_that_has_a_round():
    jobs = ProcrastinateJob.objects.filter(task_name="ops.take_demo_files").order_by("id")
    promised = [row_id for job in jobs for row_id, _ in job.args["wanted"]]
    assert set(promised) == {str(row.pk) for row in Deliverable.objects.filter(round__gt=0)}
    assert len(set(promised)) == len(promised)
    assert not Revision.objects.exists()


def test_rounds_come_with_notes_reasons_and_the_maker(sleeve: Deliverable):
    rounds = Revision.objects.filter(deliverable=sleeve).order_by("round")
    assert [(one.round, one.note, one.added_by_label, one.reason, one.is_chargeable) for one in rounds] == [
        (1, "First layout.", "Priya Nair", "", False),
        (2, "Can 25 % larger, lighter overall.", "Priya Nair", "", False),
        (
            3,
            "New headline “Six for winter.”, colours warmer, legal line added.",
            "Priya Nair",
            "New text after approval.",
            True,
        ),
    ]


def test_rounds_have_the_times_of_the_story(sleeve: Deliverable):
    rounds = list(Revision.objects.filter(deliverable=sleeve).order_by("round"))
    times = [sleeve.created_at, *(one.added_at for one in rounds), sleeve.updated_at]
    assert times == sorted(times)
    assert rounds[-1].settled_at is not None
    events = Event.objects.filter(deliverable_id=sleeve.pk, verb=Verb.ROUND_ADDED).order_by("id")
    assert [(event.created_at, event.actor_label, event.data["round"]) for event in events] == [
        (one.added_at, "Priya Nair", one.round) for one in rounds
    ]
    assert events[0].data["files"][0]["name"] == "kolibri_giftbox_sleeve_r1.jpg"


def test_the_client_sees_what_was_handed_in_to_them(sleeve: Deliverable):
    assert sleeve.released_rounds[-1] == 3  # it is delivered, so they have decided on it
    seen = Revision.objects.visible_to(actor("Sofie")).filter(deliverable=sleeve)
    assert sorted(one.round for one in seen) == sleeve.released_rounds


def test_the_storage_has_the_originals_and_the_worker_can_show_them():
    take("Wobbler")
    file = MediaFile.objects.get(revision__deliverable=row_named("Wobbler"))
    assert storage().size(file.key) == file.size
    process_file(file.pk)
    file.refresh_from_db()
    assert (file.state, file.width, file.height) == ("ready", 1000, 1000)


def test_taken_twice_is_taken_once(sleeve: Deliverable):
    before = sorted(MediaFile.objects.values_list("key", flat=True))
    take("Gift box sleeve")
    assert sorted(MediaFile.objects.values_list("key", flat=True)) == before


def test_files_whose_jobs_were_lost_are_promised_again(sleeve: Deliverable):
    ours = ProcrastinateJob.objects.filter(task_name="revisions.process_file")
    before = ours.count()
    take("Gift box sleeve")
    waiting = MediaFile.objects.filter(revision__deliverable=sleeve, step="received").count()
    assert (ours.count() - before, waiting) == (waiting, 3)


def test_a_deliverable_that_has_gone_on_is_left_as_it_is():
    row = row_named("Wobbler")
    Deliverable.objects.filter(pk=row.pk).update(round=5)
    take_files([(row.pk, 1)])
    assert not Revision.objects.filter(deliverable=row).exists()


def test_a_deliverable_that_is_gone_is_no_error():
    stranger = Organization.objects.get(slug="fieldhouse-studio").pk
    take_files([(stranger, 1)])
    assert not Revision.objects.filter(deliverable_id=stranger).exists()


def test_one_without_files_of_its_own_stays_without():
    take("Cinema master")
    assert not Revision.objects.filter(deliverable=row_named("Cinema master")).exists()
