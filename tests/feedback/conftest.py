"""A round to talk about: the client sees it, art made it, pat owns the project."""

from collections.abc import Callable
from typing import Any

import pytest

from signoff.deliverables.models import Deliverable
from signoff.feedback.actions import add_comment
from signoff.feedback.models import Comment
from signoff.feedback.said import Said
from signoff.revisions.actions import release_round
from signoff.revisions.models import MediaFile, Revision
from tests.cast import Cast
from tests.files import add_round

Say = Callable[..., Comment]


@pytest.fixture
def first(cast: Cast, key_visual: Deliverable) -> Revision:
    """Round 1, one picture, released. Art is assigned."""
    Deliverable.objects.filter(pk=key_visual.pk).update(assignee=cast.art)
    key_visual.refresh_from_db()
    revision = add_round(cast.actor("art"), key_visual)
    release_round(actor=cast.actor("pat"), revision=revision)
    return Revision.objects.select_related("deliverable__project").get(pk=revision.pk)


@pytest.fixture
def film(first: Revision) -> MediaFile:
    """The same round's file, if it were a film of 100 frames, 25 a second."""
    MediaFile.objects.filter(revision=first).update(kind="video", frames=100, fps_num=25, fps_den=1)
    return first.files.get()


@pytest.fixture
def say(cast: Cast, first: Revision) -> Say:
    """`say("rev", "Too low")`: rev says it about round 1; `round=` another one."""

    def it(who: str, text: str = "The sun is too low", *, round: Revision | None = None, **said: Any) -> Comment:
        return add_comment(actor=cast.actor(who), revision=round or first, said=Said(text=text, **said)).comment

    return it


def fresh(revision: Revision) -> Revision:
    return Revision.objects.select_related("deliverable__project").get(pk=revision.pk)


def next_round(cast: Cast, revision: Revision, *, is_released: bool = False) -> Revision:
    """One more, of one other picture."""
    from_now = add_round(cast.actor("art"), fresh(revision).deliverable)
    if is_released:
        release_round(actor=cast.actor("pat"), revision=from_now)
    return fresh(from_now)
