"""What an actor can see. Every queryset reached from a door starts with visible_to().

The system sees all. Members of an organisation see what is the organisation's; a client viewer
only what belongs to the client teams on the actor, and there only what the model's own
`released` says clients may see. A guest sees what their link covers, and of everything that is neither below a
deliverable nor the project around it nothing, unless its model says so. Another organisation's rows do not exist (404).
"""

from collections.abc import Iterable
from typing import Any, ClassVar, Self, TypeVar
from uuid import UUID

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup, Q
from django.db.models.sql.compiler import SQLCompiler

from signoff.core.actor import Actor, Covers

M = TypeVar("M", bound=models.Model, covariant=True)
CLIENT_VIEWER = "client_viewer"
BELOW_DELIVERABLE = "deliverable__project__"


@models.UUIDField.register_lookup
class AnyOf(Lookup):
    """One of the ids that `ids_of` wrote down. They are one parameter, and one text: IN would have one for each, and
    to a viewer of hundreds of teams that costs more than the query."""

    lookup_name = "any_of"

    def get_prep_lookup(self) -> str:
        return str(self.rhs)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:  # type: ignore[override]
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::text::uuid[])", [*parameters, self.rhs]


def ids_of(ids: Iterable[UUID]) -> str:
    """These ids as `any_of` takes them."""
    return f"{{{','.join(map(str, ids))}}}"


class ScopedQuerySet(models.QuerySet[M]):
    """Rows of an organisation. A model says the path to it; `visibility` is where roles differ."""

    organization_path: ClassVar[str] = "organization_id"

    def visible_to(self, actor: Actor) -> Self:
        if actor.is_system:
            return self
        if actor.organization_id is None:
            return self.none()
        if actor.covers is not None:
            return self.filter(self.visibility(actor) & self.covered(actor.covers))
        return self.filter(self.visibility(actor))

    def visibility(self, actor: Actor) -> Q:
        return Q((self.organization_path, actor.organization_id))

    def covered(self, covers: Covers) -> Q:
        """Which of these rows a guest's link opens: none, unless a model says more."""
        return Q(pk__isnull=True)


class ProjectScopedQuerySet(ScopedQuerySet[M]):
    """Rows that hang below a project: `project_path` ends with `__`, or is empty on Project itself."""

    project_path: ClassVar[str] = "project__"

    def visibility(self, actor: Actor) -> Q:
        here = Q((f"{self.project_path}organization_id", actor.organization_id))
        if actor.covers is None and (actor.role == CLIENT_VIEWER or actor.team_ids):
            here &= Q((f"{self.project_path}client_team__pk__any_of", ids_of(actor.team_ids)))
        if actor.role == CLIENT_VIEWER:
            here &= ~Q((f"{self.project_path}status", "draft")) & self.released()
        return here

    def covered(self, covers: Covers) -> Q:
        """What hangs below a deliverable, by its id; Project, by its own; else nothing."""
        if self.project_path == "":
            return Q(pk__any_of=ids_of(covers.project_ids))
        if not self.project_path.endswith(BELOW_DELIVERABLE) and self.model.__name__ != "Deliverable":
            return super().covered(covers)
        if covers.deliverable_ids is None:
            return Q((f"{self.project_path}pk__any_of", ids_of(covers.project_ids)))
        return Q((f"{self.project_path.removesuffix('project__')}pk__any_of", ids_of(covers.deliverable_ids)))

    def released(self) -> Q:
        """Which of the rows of their own projects clients may see; all, unless a model says less."""
        return Q()
