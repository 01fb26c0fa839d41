"""A FORMAL stage in review, and short words for deciding it."""

from collections.abc import Callable, Sequence

import pytest

from signoff.deliverables.models import Deliverable, Stage
from signoff.reviews.actions import GroupDraft, PanelDraft, Saying, decide, set_panel
from signoff.reviews.models import Decision
from signoff.revisions.models import Revision
from tests import factories
from tests.cast import Cast

SHA = "ab" * 32


@pytest.fixture
def round_one(key_visual: Deliverable) -> Revision:
    """A round of one file that has been read."""
    revision = factories.revision(key_visual, is_released=True)
    factories.media_file(revision, sha256=SHA)
    return revision


@pytest.fixture
def formal(key_visual: Deliverable, round_one: Revision) -> Stage:
    """The internal review, in review and decided formally; nobody is named."""
    stage = factories.stage(key_visual, "Internal review")
    stage.approval_type, stage.status = "formal", "in_review"
    stage.save()
    return stage


@pytest.fixture
def named(cast: Cast, formal: Stage) -> Callable[..., Stage]:
    """`named(["rev", "pat"], ["ada"])`: groups of all their people; a group may be a draft of its own."""

    def name(*groups: Sequence[str] | GroupDraft, **values: object) -> Stage:
        drafts = [
            one if isinstance(one, GroupDraft) else GroupDraft(f"Group {n}", tuple(cast.people[who].pk for who in one))
            for n, one in enumerate(groups, 1)
        ]
        set_panel(actor=cast.actor("pat"), stage=formal, draft=PanelDraft(drafts, **values))  # type: ignore[arg-type]
        return factories.stage(formal.deliverable, "Internal review")

    return name


@pytest.fixture
def says(cast: Cast, formal: Stage) -> Callable[..., Decision]:
    """`says("rev", "approve")`; what needs a reason has one."""

    def say(who: str, choice: str, **values: object) -> Decision:
        values.setdefault("reason", "" if choice == "approve" else "Because")
        saying = Saying(choice, **values)  # type: ignore[arg-type]
        return decide(
            actor=cast.actor(who), stage=factories.stage(formal.deliverable, "Internal review"), saying=saying
        )

    return say
