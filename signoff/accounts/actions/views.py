"""What people do with saved views."""

from uuid import UUID

from django.db import transaction

from signoff.accounts.errors import NoSuchPage
from signoff.accounts.models import Organization, SavedView, User
from signoff.accounts.policy import Permission, require
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.errors import NotAllowed
from signoff.core.text import clean_name, clean_text


@transaction.atomic
def save_view(
    *,
    actor: Actor,
    organization: Organization,
    name: str,
    page: str,
    query: str,
    project_id: UUID | None = None,
    is_shared: bool = False,
) -> SavedView:
    """Keep a filter under a name; one's own view of the same name and page is replaced.

    The caller has looked the project up through what the actor sees. Raises BadText, NoSuchPage,
    and NotAllowed for a shared one without the right to share.
    """
    require(actor, Permission.SHARE_VIEW if is_shared else Permission.SAVE_VIEW, organization.pk)
    if actor.user_id is None:
        raise NotAllowed("Views belong to people; a key or the system has none.")
    if page not in SavedView.Page.values:
        raise NoSuchPage(field="page")
    name = clean_name(name, most=80)
    query = clean_text(query, field="query", most=2000).removeprefix("?")
    User.objects.select_for_update(no_key=True).get(pk=actor.user_id)  # the same name twice at once is still once
    view, _ = SavedView.objects.update_or_create(
        organization=organization,
        owner_id=actor.user_id,
        name=name,
        page=page,
        project_id=project_id,
        defaults={"query": query, "is_shared": is_shared},
    )
    _record(Verb.VIEW_SAVED, actor, view)
    return view


@transaction.atomic
def remove_view(*, actor: Actor, view: SavedView) -> None:
    """Forget a view: one's own, or a shared one when the actor may share."""
    is_own = view.owner_id == actor.user_id
    require(actor, Permission.SAVE_VIEW if is_own else Permission.SHARE_VIEW, view.organization_id)
    if SavedView.objects.select_for_update(no_key=True).filter(pk=view.pk).exists():
        _record(Verb.VIEW_REMOVED, actor, view)
        SavedView.objects.filter(pk=view.pk).delete()


def _record(verb: Verb, actor: Actor, view: SavedView) -> None:
    data = {"page": view.page, "query": view.query, "is_shared": view.is_shared}
    happening = Happening(verb, view, project_id=view.project_id, data=data)
    record(happening, actor=actor, organization_id=view.organization_id)
