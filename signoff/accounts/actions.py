"""What people do with their own account. Accounts lie below `activity`: they write their events themselves."""

from uuid import UUID

from django.db import transaction

from signoff.accounts.models import Organization, SavedView, User
from signoff.accounts.policy import Permission, require
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.errors import Invalid, NotAllowed
from signoff.core.text import clean_name, clean_text

PREFERENCES = {"theme": {"light", "dark", "system"}, "sidebar": {"wide", "rail"}}


class NoSuchPreference(Invalid):
    code = "no_such_preference"
    message = "There is no such choice."


class NoSuchPage(Invalid):
    code = "no_such_page"
    message = "Views can be saved of Projects, My work and the grid."


@transaction.atomic
def change_password(*, actor: Actor, user: User, password: str) -> None:
    """Give the acting person a new password, already checked against the rules; the first-password duty ends.

    Raises NotAllowed for anybody else's. Other sessions of the person end, because their hash changes.
    """
    require(actor, Permission.VIEW)
    if user.pk != actor.user_id or actor.organization_id is None:
        raise NotAllowed
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record(Happening(Verb.PASSWORD_CHANGED, user), actor=actor, organization_id=actor.organization_id)


@transaction.atomic
def set_preferences(*, actor: Actor, user: User, **wanted: str) -> None:
    """Remember how this person likes the pages. Nobody else's business, so no event is written.

    Raises NoSuchPreference, and changes nothing then.
    """
    require(actor, Permission.VIEW)
    if user.pk != actor.user_id:
        raise NotAllowed
    if not wanted or any(value not in PREFERENCES.get(name, ()) for name, value in wanted.items()):
        raise NoSuchPreference
    row = User.objects.select_for_update().get(pk=user.pk)
    user.preferences = {**row.preferences, **wanted}
    user.save(update_fields=["preferences"])


@transaction.atomic
def save_view(
    *,
    actor: Actor,
    organization: Organization,
    owner: User,
    name: str,
    page: str,
    query: str,
    project_id: UUID | None = None,
    is_shared: bool = False,
) -> SavedView:
    """Keep the filters of a page under a name; the owner's view of that name on that page is replaced.

    Raises NotAllowed (sharing is for who plans), NoSuchPage or BadText.
    """
    require(actor, Permission.SAVE_VIEW, organization.pk)
    if is_shared:
        require(actor, Permission.SHARE_VIEW, organization.pk)
    if owner.pk != actor.user_id:
        raise NotAllowed
    if page not in SavedView.Page.values:
        raise NoSuchPage
    view, _ = SavedView.objects.update_or_create(
        organization=organization,
        owner=owner,
        page=page,
        project_id=project_id,
        name=clean_name(name, most=80),
        defaults={"query": clean_text(query, field="query", most=2_000).lstrip("?"), "is_shared": is_shared},
    )
    record(Happening(Verb.VIEW_SAVED, view), actor=actor, organization_id=organization.pk)
    return view


@transaction.atomic
def remove_view(*, actor: Actor, view: SavedView) -> None:
    """Take a saved view away: one's own, or a shared one for who may share. Raises NotAllowed."""
    require(actor, Permission.SAVE_VIEW, view.organization_id)
    if view.owner_id != actor.user_id:
        require(actor, Permission.SHARE_VIEW, view.organization_id)
    record(Happening(Verb.VIEW_REMOVED, view), actor=actor, organization_id=view.organization_id)
    view.delete()
