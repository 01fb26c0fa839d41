import pytest

from signoff.activity.words import sentence_of
from signoff.audit.models import Event


@pytest.mark.parametrize(
    ("verb", "changes", "data", "sentence"),
    [
        ("stage.approved", {"status": ["in_review", "approved"]}, {"stage": "Retouch"}, "approved Retouch"),
        ("stage.approved", {}, {"stage": "Retouch", "is_finished": True}, "finished Retouch"),
        (
            "deliverable.changed",
            {"due_on": ["2026-11-20", "2026-11-25"]},
            {},
            "changed the due date from 20 Nov 2026 to 25 Nov 2026",
        ),
        ("deliverable.changed", {"due_on": [None, "2026-11-05"]}, {}, "set the due date to 5 Nov 2026"),
        (
            "project.changed",
            {"owner": ["1", "2"]},
            {"labels": {"owner": ["Pat", "Ada"]}},
            "changed the owner from Pat to Ada",
        ),
        ("deliverable.changed", {"held": ["", "on_hold"]}, {}, "set the status to on hold"),
        ("deliverable.changed", {"held": ["on_hold", ""]}, {}, "took it up again"),
        (
            "stage.changed",
            {"status": ["not_started", "in_progress"], "approved_at": [None, None]},
            {"stage": "Design"},
            "changed the status of Design from not started to in progress",
        ),
        ("project.changed", {"job_number": ["1", "2"]}, {}, "changed OMG # from 1 to 2"),
        ("deliverable.removed", {}, {}, "removed “Poster”"),
        ("round.added", {}, {"round": 2, "carried": 3}, "added round 2, 3 notes carried into it"),
        ("comment.added", {}, {"round": 2}, "said about round 2: “Poster”"),
        ("comment.changed", {}, {"round": 2, "attached": "a.png"}, "changed the comment “Poster” and attached a.png"),
        ("note.refused", {"state": ["open", "wont_fix"]}, {"round": 2}, "will not do “Poster”"),
        ("change.undone", {}, {}, "undid: the removal of “Poster”"),
    ],
)
def test_an_event_reads_as_a_sentence(verb, changes, data, sentence):
    event = Event(verb=verb, changes=changes, data=data, subject_label="Poster")
    assert sentence_of(event, {"job_number": "OMG #"}) == sentence
