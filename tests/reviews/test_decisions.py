from signoff.audit.models import Event
from signoff.reviews import chain
from signoff.reviews.models import Decision
from tests import factories
from tests.reviews.conftest import SHA


def test_two_approvers_approve_and_the_stage_is_approved_the_round_locked(cast, key_visual, round_one, named, says):
    named(["rev", "pat"])

    first = says("rev", "approve")
    assert factories.stage(key_visual, "Internal review").status == "in_review"
    last = says("pat", "approve")

    stage = factories.stage(key_visual, "Internal review")
    round_one.refresh_from_db()
    assert (stage.status, stage.approved_by, stage.deliverable.status) == ("approved", cast.pat, "in_progress")
    assert round_one.locked_at is not None
    assert (first.result, last.result, last.previous_hash) == ("", "approve", first.hash)
    assert Decision.objects.get(number=1).files == [{"name": "hero.png", "size": 1000, "sha256": SHA}]
    assert chain.verify(cast.organization.pk) == (2, None)
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == [
        "approvers.changed",
        "decision.given",
        "decision.given",
        "stage.approved",
        "round.locked",
    ]
