"""A round's notes taken out: what is in each format, for whom, and who took it."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from uuid import uuid4

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from openpyxl import load_workbook
from PIL import Image

from signoff.accounts.models import Organization
from signoff.audit.models import Event
from signoff.audit.verbs import Verb
from signoff.core.origin import Origin
from signoff.deliverables.models import Deliverable
from signoff.feedback import report_job, still
from signoff.feedback.actions import NoteChange, change_note, remove_comment
from signoff.feedback.actions.changing import release_comment
from signoff.feedback.export import NoClient, NotReleased, Wanted, export_round
from signoff.feedback.models import Audience, FeedbackItem, Kind, RoundReport, State
from signoff.feedback.report_job import actor_from, eyes_as_kept
from signoff.feedback.report_promise import ReportFailed
from signoff.feedback.shapes import Geometry, Mark, Place, Region, Style
from signoff.feedback.tasks import sweep_attachments
from signoff.notifications.models import Notification
from signoff.projects.models import Project
from signoff.revisions.actions import release_round
from signoff.revisions.models import MediaFile, Revision
from signoff.revisions.process import process_file
from signoff.revisions.storage import storage
from tests.cast import Cast
from tests.feedback.conftest import fresh, next_round
from tests.files import add_round, picture
from tests.integrations.media.making import clip, half_numbered, number_below

TEXT = "The sun is too low"
RED = Style(colour="red", width=3)


def taken(cast: Cast, who: str, revision: Revision, kind: str = "json", **said):
    """What the export holds."""
    actor = cast.actor(who)
    row = Revision.objects.visible_to(actor).select_related(
        "deliverable__project__organization", "deliverable__project__client_team"
    )
    return export_round(actor, actor, Origin(), row.get(pk=revision.pk), Wanted(kind, **said)).content


def texts(cast: Cast, who: str, revision: Revision, **said) -> list[str]:
    return [one["text"] for one in json.loads(taken(cast, who, revision, **said))["threads"]]


def pages(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return "\n".join(page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document)


def stills(data: bytes) -> list[Image.Image]:
    """The pictures on the pages, in their own pixels."""
    with pypdfium2.PdfDocument(data) as document:
        return [
            one.get_bitmap().to_pil().convert("RGB") for page in document for one in page.get_objects() if one.type == 3
        ]


def is_red(pixel: tuple[int, int, int]) -> bool:
    return pixel[0] > 150 and pixel[1] < 120 and pixel[2] < 120


def box(*corners: tuple[float, float], frame: int | None = None) -> Mark:
    return Mark(id=uuid4(), kind="rect", geometry=Geometry(points=list(corners)), style=RED, frame=frame)


# --- what it says ----------------------------------------------------------------------------------
def test_a_thread_with_its_note_its_answers_and_its_place(cast, first, say):
    place = Place(file=first.files.get().pk, region=Region(x=0.25, y=0.5))
    said = say("rev", audience=Audience.CLIENT, is_must_fix=True, place=place)
    say("art", "Lower it?", parent=said.pk, audience=Audience.CLIENT)
    item = FeedbackItem.objects.get()
    change_note(actor=cast.actor("art"), item=item, change=NoteChange(state=State.ADDRESSED), version=item.version)
    found = json.loads(taken(cast, "pat", first))
    (thread,) = found["threads"]

    assert found["round"]["round"] == 1 and found["progress"] == {"verified": 0, "of": 1}
    assert (thread["text"], thread["author"], thread["audience"]) == (TEXT, "Rev Reviewer", "client")
    assert thread["note"] == {
        "number": 1,
        "round": 1,
        "kind": "action",
        "is_must_fix": True,
        "state": "addressed",
        "state_by": "Art Maker",
        "reason": "",
        "is_approximate": False,
    }
    assert (thread["where"]["file_name"], thread["where"]["region"]) == (
        "hero.png",
        {"x": 0.25, "y": 0.5, "w": 0.0, "h": 0.0},
    )
    assert [(one["author"], one["text"]) for one in thread["replies"]] == [("Art Maker", "Lower it?")]


def test_threads_come_as_somebody_goes_through_the_film(cast, first, film, say):
    for frame in (80, 3, 41):
        say("rev", str(frame), place=Place(file=film.pk, frame_in=frame))
    say("rev", "in general")

    assert texts(cast, "pat", first) == ["in general", "3", "41", "80"]


def test_frames_have_their_timecodes(cast, first, film, say):
    MediaFile.objects.update(fps_num=30_000, fps_den=1_001, frames=4_000)
    say("rev", place=Place(file=film.pk, frame_in=1_800, frame_out=1_829))
    (thread,) = json.loads(taken(cast, "pat", first))["threads"]

    assert (thread["where"]["first"], thread["where"]["last"]) == ("00:01:00;02", "00:01:01;01")
    assert thread["where"]["rate"] == "30000/1001"


def test_carried_notes_are_called_by_the_round_they_were_raised_in(cast, first, say):
    say("rev")
    second = next_round(cast, first)
    (thread,) = json.loads(taken(cast, "pat", second))["threads"]

    assert (thread["note"]["round"], thread["note"]["state"]) == (1, "open")
    assert "raised in round 1" in pages(taken(cast, "pat", second, "pdf"))


def test_what_was_removed_says_so_and_nothing_else(cast, first, say):
    said = say("rev")
    say("art", "Why?", parent=said.pk)
    remove_comment(actor=cast.actor("rev"), comment=said)
    (thread,) = json.loads(taken(cast, "pat", first))["threads"]
    page = pages(taken(cast, "pat", first, "pdf"))

    assert (thread["text"], thread["is_removed"], thread["note"]) == ("", True, None)
    assert TEXT not in page and "Removed" in page and "Why?" in page


def test_an_empty_round_has_an_export_all_the_same(cast, first):
    assert json.loads(taken(cast, "pat", first))["threads"] == []
    assert "Nobody has said anything" in pages(taken(cast, "pat", first, "pdf"))
    assert load_workbook(io.BytesIO(taken(cast, "pat", first, "xlsx"))).active.max_row == 1


# --- for whom --------------------------------------------------------------------------------------
@pytest.fixture
def mixed(cast: Cast, first: Revision, say: Callable) -> Revision:
    """One internal thread, one released in other words and with a hidden mark, one of the client's."""
    say("rev", "Internal secret")
    mark = Mark(id=uuid4(), kind="text", geometry=Geometry(points=[(0.1, 0.1)], text="Secret mark"), style=RED)
    place = Place(file=first.files.get().pk)
    rough = say("rev", "This is rubbish", place=place, marks=[mark])
    say("art", "Secret answer", parent=rough.pk)
    release_comment(actor=cast.actor("pat"), comment=rough, client_text="Please look again", version=None)
    say("mia", "Ours is nicer", audience=Audience.CLIENT)
    return first


SECRETS = ("Internal secret", "rubbish", "Secret answer", "Secret mark", "Pat Producer's")


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "json"])
@pytest.mark.parametrize(("who", "said"), [("mia", {}), ("mia", {"for_client": True}), ("pat", {"for_client": True})])
def test_clients_get_what_they_see_and_the_house_may_choose_that(cast, mixed, kind, who, said):
    data = taken(cast, who, mixed, kind, **said)
    if kind == "pdf":
        read = pages(data)
    elif kind == "xlsx":
        read = "\n".join(str(cell.value) for row in load_workbook(io.BytesIO(data)).active for cell in row)
    else:
        read = data.decode()

    assert [word for word in SECRETS if word in read] == []
    assert all(word in read for word in ("Please look again", "Ours is nicer"))
    assert "internal" not in read.lower()


def test_the_numbers_are_those_that_clients_count(cast, mixed):
    def numbers(who, **said):
        return [one["note"]["number"] for one in json.loads(taken(cast, who, mixed, **said))["threads"]]

    assert (numbers("mia"), numbers("pat", for_client=True)) == ([2, 1], [2, 1])
    assert numbers("pat") == [1, 3, 2]


def test_the_house_gets_everything(cast, mixed):
    assert texts(cast, "pat", mixed) == ["Internal secret", "Ours is nicer", "This is rubbish"]


def test_a_house_that_hides_its_people_hides_them_here(cast, mixed):
    Organization.objects.filter(pk=cast.organization.pk).update(hides_names=True)
    for who, said in (("mia", {}), ("pat", {"for_client": True})):
        read = (
            pages(taken(cast, who, mixed, "pdf", **said)).partition("Taken")[0]
            + taken(cast, who, mixed, **said).decode()
        )
        assert [name for name in ("Rev Reviewer", "Art Maker", "Pat Producer") if name in read] == []


def test_clients_never_get_a_round_that_is_not_released(cast, first, say):
    second = next_round(cast, first)
    with pytest.raises(Revision.DoesNotExist):
        taken(cast, "mia", second)
    with pytest.raises(NotReleased):
        taken(cast, "pat", second, for_client=True)
    Project.objects.update(client_team=None)
    with pytest.raises(NoClient):
        taken(cast, "pat", second, for_client=True)


# --- who took it -------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["pdf", "xlsx", "json"])
def test_each_export_is_written_down(cast, first, kind):
    taken(cast, "mia", first, kind)
    taken(cast, "pat", first, kind)
    told = Event.objects.filter(verb=Verb.EXPORT_MADE).order_by("pk")

    assert [(one.actor_label, one.data["format"], one.data["audience"], one.data["round"]) for one in told] == [
        ("Mia Client", kind, "client", 1),
        ("Pat Producer", kind, "all", 1),
    ]
    assert Notification.objects.filter(event__verb=Verb.EXPORT_MADE).count() == 0


def test_more_comments_are_no_more_queries(cast, first, say):
    def counted() -> int:
        with CaptureQueriesContext(
            connection,
        ) as counter:
            taken(cast, "pat", first)
        return len(counter)

    say("rev", place=Place(file=first.files.get().pk))
    one = counted()
    for _ in range(3):
        say("art", parent=say("rev", place=Place(file=first.files.get().pk)).pk)
    assert counted() == one


# --- workbook ----------------------------------------------------------------------------------------
def test_the_workbook_has_a_line_a_comment_and_no_formulas(cast, first, film, say):
    evil = '=HYPERLINK("http://evil.example","x")'
    said = say("rev", evil, place=Place(file=film.pk, frame_in=30, frame_out=49))
    say("art", "+1", parent=said.pk)
    sheet = load_workbook(io.BytesIO(taken(cast, "pat", first, "xlsx"))).active
    head, *rows = sheet.iter_rows(values_only=True)
    read = [dict(zip(head, row, strict=True)) for row in rows]

    assert [(one["Number"], one["Author"], one["Text"], one["From"], one["To"], one["Frame"]) for one in read] == [
        (1, "Rev Reviewer", evil, "00:00:01:05", "00:00:01:24", 30),
        (1, "Art Maker", "+1", "00:00:01:05", "00:00:01:24", 30),
    ]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} <= {"s", "n"}
    assert [cell.quotePrefix for cell in (sheet["P2"], sheet["P3"])] == [True, True]


# --- stills --------------------------------------------------------------------------------------------
@pytest.fixture
def reel(cast: Cast, first: Revision, tmp_path) -> Revision:
    """Round 2, of a film whose frames say their number, rendered."""
    path = clip(tmp_path / "reel.mp4", 60, Fraction(30_000, 1_001), size=(320, 180), picture=half_numbered)
    data = path.read_bytes()
    revision = add_round(cast.actor("art"), fresh(first).deliverable, data, name="reel.mp4")
    process_file(revision.files.get().pk)
    return fresh(revision)


def test_a_still_shows_the_very_frame_with_the_mark_where_it_was_drawn(cast, reel, say):
    file = reel.files.get()
    for frame in (7, 42):
        mark = box((0.25, 0.1), (0.5, 0.4), frame=frame)
        say("rev", f"At {frame}", round=reel, place=Place(file=file.pk, frame_in=frame), marks=[mark])
    made = stills(taken(cast, "pat", reel, "pdf"))

    assert [number_below(one) for one in made] == [7, 42]
    assert [one.size for one in made] == [(320, 180)] * 2
    for one in made:
        assert is_red(one.getpixel((80, 45))) and is_red(one.getpixel((120, 18)))
        assert not is_red(one.getpixel((76, 45))) and not is_red(one.getpixel((84, 45)))


def test_a_range_shows_each_frame_that_is_drawn_on(cast, reel, say):
    marks = [box((0.25, 0.1), (0.5, 0.4), frame=frame) for frame in (20, 12)]
    place = Place(file=reel.files.get().pk, frame_in=10, frame_out=30)
    say("rev", round=reel, place=place, marks=marks)

    made = taken(cast, "pat", reel, "pdf")
    assert [number_below(one) for one in stills(made)] == [12, 20]
    assert [words in pages(made) for words in ("00:00:00;12 · frame 12", "00:00:00;20 · frame 20")] == [True, True]


def test_a_picture_shows_the_mark_the_pin_and_the_region_at_native_size(cast, key_visual, say):
    revision = add_round(cast.actor("art"), key_visual, picture(1000, 800, "#808080"))
    process_file(revision.files.get().pk)
    file = revision.files.get()
    place = Place(file=file.pk, region=Region(x=0.5, y=0.5, w=0.25, h=0.25))
    say("rev", round=revision, place=place, marks=[box((0.1, 0.1), (0.2, 0.2))])
    say("rev", "no place", round=revision)
    (made,) = stills(taken(cast, "pat", revision, "pdf"))

    assert made.size == (1000, 800)
    assert is_red(made.getpixel((100, 120))) and made.getpixel((150, 300)) == (128, 128, 128)
    blue = made.getpixel((505, 394))
    assert blue[2] > 150 and blue[0] < 80  # the number's pin, up and right of the region's corner


def test_a_carried_note_shows_where_it_was_raised(cast, reel, say):
    mark = box((0.25, 0.1), (0.5, 0.4), frame=33)
    say("rev", round=reel, place=Place(file=reel.files.get().pk, frame_in=33), marks=[mark])
    second = next_round(cast, reel)

    assert [number_below(one) for one in stills(taken(cast, "pat", second, "pdf"))] == [33]


def test_a_file_that_cannot_be_decoded_costs_the_report_a_picture_and_says_why(cast, first, say):
    file = first.files.get()
    MediaFile.objects.update(kind="image", media_type="image/png", width=64, height=48)
    say("rev", place=Place(file=file.pk, region=Region(x=0.5, y=0.5)))
    storage().remove([file.key])
    read = pages(taken(cast, "pat", first, "pdf"))

    assert TEXT in read and "No picture:" in read


def test_nothing_is_left_in_the_scratch_directory(cast, reel, say, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    say("rev", round=reel, place=Place(file=reel.files.get().pk, frame_in=3))
    before = sorted(tmp_path.iterdir())
    taken(cast, "pat", reel, "pdf")

    assert sorted(tmp_path.iterdir()) == before


# --- a promise -------------------------------------------------------------------------------------------
@pytest.fixture
def many(cast: Cast, reel: Revision, say: Callable) -> Revision:
    """More stills than are made while somebody waits; clients see the round and all of them but one."""
    release_round(actor=cast.actor("pat"), revision=reel)
    file = reel.files.get()
    for frame in range(still.QUICK_STILLS + 1):
        said = {"audience": Audience.CLIENT, "place": Place(file=file.pk, frame_in=frame * 3)}
        say("rev", f"At {frame}", round=reel, **said)
    say("rev", "Internal secret", round=reel)
    return reel


@pytest.mark.django_db(transaction=True)
def test_many_stills_are_promised_and_told_of_when_they_are_there(cast, many, run_jobs):
    assert [taken(cast, "pat", many, "pdf") for _ in range(2)] == [None, None]
    assert (RoundReport.objects.count(), Event.objects.filter(verb=Verb.EXPORT_MADE).count()) == (1, 0)
    run_jobs()
    made = taken(cast, "pat", many, "pdf")

    assert [number_below(one) for one in stills(made)] == [frame * 3 for frame in range(still.QUICK_STILLS + 1)]
    assert "Internal secret" in pages(made) and "Pat Producer" in pages(made)
    assert Event.objects.filter(verb=Verb.EXPORT_MADE).count() == 1
    told = Notification.objects.filter(event__verb=Verb.REPORT_READY)
    assert [(one.recipient.name, one.reason) for one in told] == [("Pat Producer", "ready")]


@pytest.mark.django_db(transaction=True)
def test_each_has_a_promise_of_their_own_with_what_they_read(cast, many, run_jobs):
    assert [taken(cast, who, many, "pdf") for who in ("pat", "mia")] == [None, None]
    assert taken(cast, "pat", many, "pdf", for_client=True) is None
    run_jobs()

    assert RoundReport.objects.count() == 3
    assert "Internal secret" not in pages(taken(cast, "mia", many, "pdf"))
    assert "Internal secret" not in pages(taken(cast, "pat", many, "pdf", for_client=True))
    assert taken(cast, "rev", many, "pdf") is None


@pytest.mark.django_db(transaction=True)
def test_what_was_said_since_needs_a_new_one(cast, many, say, run_jobs):
    taken(cast, "pat", many, "pdf")
    say("rev", "Before it was made", round=many)
    run_jobs()
    assert "Before it was made" in pages(taken(cast, "pat", many, "pdf"))
    say("rev", "And after", round=many)

    assert taken(cast, "pat", many, "pdf") is None
    run_jobs()
    assert "And after" in pages(taken(cast, "pat", many, "pdf"))


@pytest.mark.django_db(transaction=True)
def test_a_round_that_was_withheld_meanwhile_is_not_made_for_the_client(cast, many, run_jobs):
    taken(cast, "mia", many, "pdf")
    Deliverable.objects.update(released_rounds=[])
    run_jobs()

    assert [(one.key, one.failure) for one in RoundReport.objects.all()] == [("", report_job.GONE)]
    assert Notification.objects.filter(event__verb=Verb.REPORT_READY).count() == 0
    Deliverable.objects.update(released_rounds=[2])
    with pytest.raises(ReportFailed):
        taken(cast, "mia", many, "pdf")
    assert taken(cast, "mia", many, "pdf") is None  # promised anew


@pytest.mark.django_db(transaction=True)
def test_old_reports_go_and_so_do_their_files(cast, many, run_jobs, settings):
    taken(cast, "pat", many, "pdf")
    run_jobs()
    key = RoundReport.objects.get().key
    RoundReport.objects.update(created_at=now() - report_job.KEPT * 2)
    sweep_attachments(timestamp=0)
    run_jobs()

    assert (RoundReport.objects.count(), storage().size(key)) == (0, None)
    assert taken(cast, "pat", many, "pdf") is None


def test_an_actor_survives_the_queue(cast):
    hidden = replace(cast.actor("mia"), house="Fieldhouse", named=frozenset({cast.mia.pk}), is_looking=True)
    key = replace(cast.actor("pat"), scopes=frozenset({"read"}))

    for actor in (cast.actor("pat"), hidden, key):
        assert actor_from(json.loads(json.dumps(eyes_as_kept(actor)))) == actor


def test_kinds_that_ask_for_nothing_do_not_count(cast, first, say):
    say("rev", kind=Kind.PRAISE)

    assert json.loads(taken(cast, "pat", first))["progress"] == {"verified": 0, "of": 0}
