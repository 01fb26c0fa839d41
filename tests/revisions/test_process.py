"""The worker's side: steps in order, words for what fails, safe to run twice and to break off anywhere."""

import hashlib
from fractions import Fraction

import pytest

from signoff.audit.models import Event
from signoff.feedback import actions as feedback
from signoff.integrations.media.work import Made
from signoff.notifications.models import Notification
from signoff.revisions import actions
from signoff.revisions.errors import NothingToRetry
from signoff.revisions.models import MediaFile, Rendition
from signoff.revisions.process import process_file
from signoff.revisions.render import keep
from signoff.revisions.storage import storage
from tests import factories
from tests.files import add_round, picture, send
from tests.integrations.media.making import clip

HTML = b"<!doctype html><html><body><script>alert(1)</script></body></html>"


def only():
    return MediaFile.objects.select_related("revision__deliverable").get()


def verbs():
    return list(Event.objects.order_by("id").values_list("verb", flat=True))


@pytest.mark.django_db(transaction=True)
def test_a_picture_is_checked_probed_and_rendered_by_the_worker(cast, key_visual, run_jobs):
    data = picture(640, 480)
    add_round(cast.actor("art"), key_visual, data)
    run_jobs()
    file = only()
    key_visual.refresh_from_db()
    assert (file.state, file.sha256, file.media_type) == ("ready", hashlib.sha256(data).hexdigest(), "image/png")
    assert (file.width, file.height, file.notice) == (640, 480, "")
    assert sorted(file.step_times, key=file.step_times.get) == ["received", "checked", "probed", "rendered"]
    assert [r.kind for r in Rendition.objects.order_by("kind")] == ["preview", "thumbnail"]
    assert key_visual.cover == Rendition.objects.get(kind="thumbnail").pk
    assert verbs() == ["round.added", "file.rendered"]


def test_done_twice_is_done_once(cast, key_visual):
    add_round(cast.actor("art"), key_visual)
    process_file(only().pk)
    before = list(Rendition.objects.values_list("pk", flat=True))
    process_file(only().pk)
    assert (list(Rendition.objects.values_list("pk", flat=True)), verbs()) == (before, ["round.added", "file.rendered"])


def test_a_file_that_lies_says_so_and_the_rest_is_usable(cast, key_visual):
    art = cast.actor("art")
    uploads = [send(art, key_visual, HTML, "hero.png").pk, send(art, key_visual, picture(), "true.png").pk]
    feedback.submit_round(actor=art, deliverable=key_visual, uploads=uploads)
    for file in MediaFile.objects.all():
        process_file(file.pk)
    lying, true = MediaFile.objects.order_by("position")
    assert lying.failure == (
        "The name says PNG image, the content is a web page (HTML). The original can be downloaded."
    )
    assert (lying.state, lying.step, lying.media_type, lying.may_retry) == ("failed", "checked", "text/html", False)
    assert (true.state, Rendition.objects.filter(file=lying).count()) == ("ready", 0)
    assert set(Notification.objects.values_list("recipient__name", "event__verb", "reason")) == {
        ("Pat Producer", "round.added", "owned"),
        ("Art Maker", "file.failed", "failed"),
    }
    assert verbs() == ["round.added", "file.failed", "file.rendered"]


def test_a_file_that_lies_does_not_get_ready_by_trying_again(cast, key_visual):
    art = cast.actor("art")
    add_round(art, key_visual, HTML)
    process_file(only().pk)
    with pytest.raises(NothingToRetry) as refusal:
        actions.retry_file(actor=art, file=only())
    process_file(only().pk)
    assert refusal.value.message == "This file would fail the same way again. Send another one in its place."
    assert (only().state, verbs()) == ("failed", ["round.added", "file.failed"])


def test_who_sent_it_is_told_when_it_fails(cast, key_visual):
    add_round(cast.actor("pat"), key_visual, picture(900, 900)[:300])
    process_file(only().pk)
    told = Notification.objects.filter(event__verb="file.failed").values_list("recipient__name", "reason")
    assert (only().state, only().step, list(told)) == ("failed", "probed", [("Pat Producer", "failed")])


def test_a_failed_step_is_done_again_from_where_it_stopped(cast, key_visual, settings):
    art = cast.actor("art")
    add_round(art, key_visual, picture(400, 400))
    settings.MEDIA_PIXELS = 10_000
    process_file(only().pk)
    assert (only().state, only().step) == ("failed", "checked")
    settings.MEDIA_PIXELS = 1_000_000
    process_file(only().pk)  # a job that comes late changes nothing
    assert only().state == "failed"
    actions.retry_file(actor=art, file=only())
    assert (only().failure, only().state) == ("", "working")
    process_file(only().pk)
    assert (only().state, verbs()) == ("ready", ["round.added", "file.failed", "file.retried", "file.rendered"])
    with pytest.raises(NothingToRetry):
        actions.retry_file(actor=art, file=only())


def test_the_same_file_as_before_is_recognised(cast, key_visual):
    art, data = cast.actor("art"), picture()
    add_round(art, key_visual, data)
    add_round(art, key_visual, data, name="again.png")
    for file in MediaFile.objects.all():
        process_file(file.pk)
    assert MediaFile.objects.get(name="again.png").notice == "The same file as hero.png of round 1, byte for byte."


def test_another_picture_type_than_the_name_says_is_worth_a_word(cast, key_visual):
    add_round(cast.actor("art"), key_visual, picture(kind="JPEG"))
    process_file(only().pk)
    assert (only().state, only().notice) == ("ready", "It is a JPEG image, though its name says PNG image.")


def test_what_cannot_be_shown_is_kept_and_ready(cast, key_visual):
    add_round(cast.actor("art"), key_visual, b"PK\x03\x04" + b"\0" * 40, name="sources.zip")
    process_file(only().pk)
    assert (only().state, only().kind, Rendition.objects.count()) == ("ready", "other", 0)


def test_a_round_taken_back_meanwhile_is_no_error(cast, key_visual, monkeypatch):
    art = cast.actor("art")
    revision = add_round(art, key_visual, picture(300, 300))

    def keep_after_withdrawal(file, made):
        if MediaFile.objects.exists():
            feedback.withdraw_round(actor=art, revision=revision)
        keep(file, made)

    monkeypatch.setattr("signoff.revisions.render.keep", keep_after_withdrawal)
    process_file(only().pk)
    assert (Rendition.objects.count(), verbs()) == (0, ["round.added", "round.withdrawn"])


@pytest.mark.django_db(transaction=True)
def test_a_storage_that_does_not_answer_is_asked_again_then_said(cast, key_visual):
    add_round(cast.actor("art"), key_visual)
    file = only()
    storage().path(file.key).unlink()
    for _ in range(2):
        with pytest.raises(Exception, match="missing from the storage"):
            process_file(file.pk)
        assert only().state == "working"
    process_file(file.pk, is_last_try=True)
    assert only().failure == "The file is missing from the storage. Tell whoever runs this server."
    assert only().may_retry is True


def test_covers_follow_the_newest_picture_and_clients_theirs(cast, first_light):
    row, pat = factories.deliverable(first_light, "Poster"), cast.actor("pat")
    revisions = [add_round(pat, row, picture(colour=f"#{n}{n}{n}")) for n in (1, 2)]
    for file in MediaFile.objects.all():
        process_file(file.pk)
    thumbs = {
        r.file.revision.round: r.pk for r in Rendition.objects.filter(kind="thumbnail").select_related("file__revision")
    }
    actions.release_round(actor=pat, revision=revisions[0])
    row.refresh_from_db()
    assert (row.cover, row.client_cover) == (thumbs[2], thumbs[1])
    feedback.withdraw_round(actor=pat, revision=revisions[1])
    row.refresh_from_db()
    assert (row.cover, row.client_cover) == (thumbs[1], thumbs[1])


def test_what_the_decoder_noticed_on_the_way_is_said(cast, key_visual, tmp_path):
    add_round(cast.actor("art"), key_visual)
    made = tmp_path / "proxy.mp4"
    made.write_bytes(b"proxy")
    said = {"frames": 23, "notice": "Only 23 of 50 frames could be read."}
    keep(only(), Made("proxy", 0, made, "video/mp4", 16, 16, said))
    assert (only().notice, Rendition.objects.get().data) == ("Only 23 of 50 frames could be read.", said)


def test_the_frames_of_a_variable_rate_are_those_that_are_shown(cast, key_visual, tmp_path):
    """Ten frames, then nothing new for a second: 40 frames at 30 a second, of which the file has eleven."""
    times = [*(Fraction(number, 30) for number in range(10)), Fraction(39, 30)]
    path = clip(tmp_path / "phone.mp4", 11, 30, time=times.__getitem__)
    add_round(cast.actor("art"), key_visual, path.read_bytes(), name="phone.mp4")
    process_file(only().pk)
    file = only()
    assert (file.frames, file.fps_num, file.fps_den, file.notice[:22]) == (40, 30, 1, "Its frame rate varies:")
