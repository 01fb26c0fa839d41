"""Notes on their way through the rounds: each round in which one stands has a sighting of it. Nothing is copied."""

from collections.abc import Iterable, Sequence

from django.db.models import Prefetch

from signoff.feedback.models import UNSETTLED, FeedbackItem, Sighting, State
from signoff.revisions.models import MediaFile, Revision


def carry_into(revision: Revision) -> list[Sighting]:
    """The round is new: everything that still asks for something stands in it as well. Three statements."""
    items = FeedbackItem.objects.filter(deliverable=revision.deliverable_id).to_settle()
    return _sight(revision, items.exclude(sightings__revision=revision))


def stand_in(item: FeedbackItem) -> None:
    """A note stands in the round it was raised in; while it goes on, in every later one that is here by now, too."""
    origin = item.comment.revision
    Sighting.objects.bulk_create(
        [Sighting(item=item, revision=origin, state=item.state, file=item.comment.file)], ignore_conflicts=True
    )
    if not item.is_carried:
        return
    later = Revision.objects.filter(deliverable=item.deliverable_id, round__gt=origin.round)
    for revision in later.exclude(sightings__item=item).order_by("round"):
        _sight(revision, FeedbackItem.objects.filter(pk=item.pk))


def hang_anew(revision: Revision) -> None:
    """The round has other files: where its carried notes are found is looked for again."""
    gone = Sighting.objects.filter(revision=revision, file=None).exclude(item__comment__revision=revision)
    gone.filter(item__comment__file__isnull=False).delete()
    carry_into(revision)


def take_back_from(revision: Revision) -> list[FeedbackItem]:
    """The round goes: what was addressed in it stands as it did before. Its sightings go with it. Two statements."""
    here = Sighting.objects.filter(revision=revision, item__state=State.ADDRESSED)
    before = Sighting.objects.filter(revision__round__lt=revision.round).order_by("-revision__round")
    items = FeedbackItem.objects.filter(sightings__in=here).select_for_update(of=("self",))
    changed = []
    for item in items.prefetch_related(Prefetch("sightings", before, to_attr="earlier")):
        earlier: Sequence[Sighting] = item.earlier  # type: ignore[attr-defined]
        if earlier and earlier[0].state in UNSETTLED and earlier[0].state != item.state:
            item.state, item.version = earlier[0].state, item.version + 1
            changed.append(item)
    FeedbackItem.objects.bulk_update(changed, ["state", "version"])
    return changed


def _sight(revision: Revision, items: "Iterable[FeedbackItem]") -> list[Sighting]:
    """Sightings of these in a later round, with a hint at where they are found."""
    rows = FeedbackItem.objects.filter(pk__in=[item.pk for item in items]).select_related("comment__file")
    last = Sighting.objects.filter(revision__round__lt=revision.round).select_related("file")
    last = last.order_by("-revision__round")
    files = list(MediaFile.objects.filter(revision=revision))
    found = rows.prefetch_related(Prefetch("sightings", last, to_attr="earlier"))
    made = [_sighting(revision, item, files) for item in found]
    return Sighting.objects.bulk_create(made, ignore_conflicts=True)


def _sighting(revision: Revision, item: FeedbackItem, files: Sequence[MediaFile]) -> Sighting:
    """At the same place of the file at the same position, if that is the same kind of thing."""
    earlier: Sequence[Sighting] = item.earlier  # type: ignore[attr-defined]
    before = earlier[0] if earlier else None
    was = (before.file if before else None) or item.comment.file
    here = next((file for file in files if was and (file.position, file.kind) == (was.position, was.kind)), None)
    is_lost = was is not None and here is None
    return Sighting(
        item=item,
        revision=revision,
        state=item.state,
        file=here,
        place=before.place if before else None,
        is_approximate=is_lost or bool(before and before.is_approximate),
    )


def write_state(item: FeedbackItem, since_round: int) -> None:
    """In the rounds from this one on; those before keep how it stood there."""
    Sighting.objects.filter(item=item, revision__round__gte=since_round).update(state=item.state)
