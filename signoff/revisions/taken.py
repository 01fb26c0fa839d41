"""Who took originals out of the house: one event a download from a page, not one a range of it."""

from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.origin import Origin
from signoff.projects.models import Project
from signoff.revisions.archive import APPROVED, ROUND
from signoff.revisions.models import MediaFile, Revision


def note_taken(actor: Actor, origin: Origin, taken: MediaFile | Revision | Project) -> None:
    """Write down that the actor was given the address of this original, or of the zip of these."""
    if actor.organization_id:
        record(_happening(taken, origin), actor=actor, organization_id=actor.organization_id)


def _happening(taken: MediaFile | Revision | Project, origin: Origin) -> Happening:
    if isinstance(taken, Project):
        return Happening(Verb.FILE_DOWNLOADED, taken, taken.pk, data={"what": APPROVED, **origin.data})
    if isinstance(taken, Revision):
        work = taken.deliverable
        return Happening(Verb.FILE_DOWNLOADED, work, work.project_id, work.pk, data={"what": ROUND, **origin.data})
    work = taken.revision.deliverable
    return Happening(Verb.FILE_DOWNLOADED, taken, work.project_id, work.pk, data={"what": "file", **origin.data})
