"""What an actor can see. Every queryset reached from a door starts with visible_to().

The system sees all. Members of an organisation see what is the organisation's; a client viewer
only what belongs to the client teams on the actor, and there only what the model's own
`released` says clients may see. Another organisation's rows do not exist (404).
"""

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q

from signoff.core.actor import Actor

M = TypeVar("M", bound=models.Model, covariant=True)
CLIENT_VIEWER = "client_viewer"


class ScopedQuerySet(models.QuerySet[M]):
    """Rows of an organisation. A model says the path to it; `visibility` is where roles differ."""

    organization_path: ClassVar[str] = "organization_id"

    def visible_to(self, actor: Actor) -> Self:
        if actor.is_system:
            return self
        if actor.organization_id is None:
            return self.none()
        return self.filter(self.visibility(actor))

    def visibility(self, actor: Actor) -> Q:
        return Q((self.organization_path, actor.organization_id))


class ProjectScopedQuerySet(ScopedQuerySet[M]):
    """Rows that hang below a project: `project_path` ends with `__`, or is empty on Project itself."""

    project_path: ClassVar[str] = "project__"

    def visibility(self, actor: Actor) -> Q:
        here = Q((f"{self.project_path}organization_id", actor.organization_id))
        if actor.role == CLIENT_VIEWER or actor.team_ids:
            here &= Q((f"{self.project_path}client_team_id__in", actor.team_ids))
        if actor.role == CLIENT_VIEWER:
            here &= ~Q((f"{self.project_path}status", "draft")) & self.released()
        return here

    def released(self) -> Q:
        """Which of the rows of their own projects clients may see; all, unless a model says less."""
        return Q()
