"""What stands around every page: who looks, where they can go, what is new. A fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from signoff.accounts.actors import memberships_of, only_house
from signoff.accounts.errors import NoMembership
from signoff.accounts.looking import LOOKING
from signoff.accounts.models import ClientTeam, Membership, Organization, SavedView, User
from signoff.accounts.names import shown_first_name, shown_name, shown_person
from signoff.accounts.policy import Permission, can, holds
from signoff.accounts.shades import version_of
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.notifications.models import Notification
from signoff.projects.models import ProjectStatus
from signoff.revisions.announce_file import PROGRESS
from signoff.web.actor import actor_of, member_of, person_of, sight_here
from signoff.web.visitor import Visitor, visitor_of
from signoff.web.words import STATUSES, vocabulary_of

PINNED_MOST = 8
OPEN_PROJECTS = (ProjectStatus.DRAFT, ProjectStatus.ACTIVE, ProjectStatus.ON_HOLD)
SETTINGS_FOR = (Permission.EDIT_PIPELINES, Permission.MANAGE_PEOPLE, Permission.MANAGE_ORGANIZATION)


@dataclass(frozen=True, slots=True)
class NavItem:
    """A line of the sidebar. `key` is what a page sets as `nav` to be marked as the current one."""

    key: str
    word: str | Promise
    icon: str
    url: str
    keys: str = ""
    count: int = 0


class Frame:
    """Asked by `base.html`; each part is looked up when a template first uses it, and once."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def member(self) -> Membership | None:
        """None for who is signed out, must choose a password first, or belongs nowhere."""
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated or user.must_change_password:
            return None
        try:
            return member_of(self.request)
        except NoMembership:
            return None

    @property
    def person(self) -> User | None:
        """Whose page it is."""
        if self.member:
            return self.member.user
        return person_of(self.request) if self.request.user.is_authenticated else None

    @property
    def visitor(self) -> Visitor | None:
        """Who looks by a guest's link; None for everybody else."""
        return visitor_of(self.request)

    @property
    def looker(self) -> User | None:
        """Who really looks, where the page is seen with somebody else's eyes."""
        is_looking = self.member is not None and sight_here(self.request).looker is not None
        return person_of(self.request) if is_looking else None

    @property
    def looking_as(self) -> str:
        """Whose eyes they are, in words: “Mia Client (Kolibri Drinks)”."""
        return str(self.request.session[LOOKING]["label"])

    @cached_property
    def organization(self) -> Organization | None:
        """Whose name and colours the page has; before signing in, those of the only house there is."""
        return self.member.organization if self.member else only_house()

    @cached_property
    def actor(self) -> Actor:
        return actor_of(self.request)

    def can(self, permission: str) -> bool:
        """May who looks do that? For showing or hiding a control; the action asks again."""
        return self.member is not None and can(self.actor, Permission(permission))

    def shown(self, person: User | None) -> User | None:
        """The person as who looks reads them: the house's name and initials, where it hides its people's."""
        return shown_person(self.actor, person)

    def shown_name(self, user_id: UUID | None, name: str) -> str:
        return shown_name(self.actor, user_id, name)

    def shown_first_name(self, user_id: UUID | None, name: str) -> str:
        return shown_first_name(self.actor, user_id, name)

    @property
    def product(self) -> str:
        return self._branding.get("product") or "Signoff"

    @property
    def logo(self) -> str:
        """The address of the house's logo; empty when it has none."""
        kept = self._branding.get("logo")
        return f"{reverse('logo')}?v={sha256(kept.encode()).hexdigest()[:12]}" if kept else ""

    @property
    def branding_url(self) -> str:
        return f"{reverse('branding')}?{urlencode({'v': version_of(self._branding)})}"

    @property
    def base_path(self) -> str:
        """What addresses of pages and of the API begin with: for guests, that of their link."""
        return self.visitor.prefix if self.visitor else str(settings.BASE_PATH)

    @property
    def theme(self) -> str:
        """The `data-theme` of the page; `system` is settled by a script before the first paint."""
        chosen = self._preferences.get("theme")
        return f"signoff-{chosen}" if chosen in {"light", "dark"} else "system"

    @property
    def room_theme(self) -> str:
        """Work is looked at in the dark, unless the person has switched the light on there."""
        return "signoff-light" if self._preferences.get("room") == "light" else "signoff-dark"

    @property
    def is_rail(self) -> bool:
        return self._preferences.get("sidebar") == "rail"

    @cached_property
    def vocabulary(self) -> "LazyWords":
        return LazyWords(self)

    @cached_property
    def nav(self) -> list[NavItem]:
        items = [
            self._item("dashboard", _("Dashboard"), keys="g d", icon="layout-dashboard"),
            self._item("my-work", _("My work"), keys="g w", icon="circle-user-round"),
            self._item("projects", _("Projects"), keys="g p", icon="folder-kanban"),
            self._item("inbox", _("Inbox"), keys="g i", icon="inbox", count=self.unread),
        ]
        if any(holds(self.actor, permission) for permission in SETTINGS_FOR):
            items.append(self._item("settings", _("Settings"), keys="g s", icon="settings"))
        return items

    @cached_property
    def teams(self) -> Iterable[Any]:
        """The client teams, each with `open_projects`."""
        is_open = Q(projects__archived_on__isnull=True, projects__status__in=OPEN_PROJECTS)
        return (
            ClientTeam.objects.visible_to(self.actor)
            .filter(archived_on__isnull=True)
            .annotate(open_projects=Count("projects", filter=is_open))
            .order_by("name")
        )

    @cached_property
    def pinned(self) -> list[NavItem]:
        """The views this person saved, then those that others share."""
        views = SavedView.objects.visible_to(self.actor).order_by("is_shared", "name")[:PINNED_MOST]
        return [NavItem(str(view.id), view.name, _view_icon(view), view_url(view)) for view in views]

    @cached_property
    def unread(self) -> int:
        return Notification.objects.visible_to(self.actor).unread().count()

    @property
    def live_words(self) -> str:
        """The names of all events that the live stream may bring; guests have none."""
        if self.visitor:
            return ""
        return " ".join([*Verb.values, PROGRESS, "inbox.changed"])

    @cached_property
    def other_organizations(self) -> list[Organization]:
        """Where else this person is a member, to switch to; nowhere while they look as somebody else."""
        if self.looker:
            return []
        mine = memberships_of(person_of(self.request)).order_by("organization__name")
        return [one.organization for one in mine if one.organization_id != self.actor.organization_id]

    @property
    def commands(self) -> list[dict[str, str]]:
        """What the command palette offers on every page; a page adds its own."""
        if self.visitor:
            return []
        # icons: arrow-right plus file-image circle-user
        places = [*self.nav, *self.pinned]
        items = [_command(item.word, _("Go to"), item.icon, item.url) for item in places]
        if self.can("open_project"):
            items.append(_command(_("New project"), _("Create"), "plus", reverse("project-new")))
        if self.looker:
            return items
        items.append(_command(_("My account"), _("Go to"), "circle-user", reverse("account")))
        return [*items, _command(_("Change password"), _("Do"), "key-round", reverse("change-password"))]

    @property
    def status_words(self) -> dict[str, tuple[str, str]]:
        return {key: (str(status.word), status.glyph) for key, status in STATUSES.items()}

    @property
    def _branding(self) -> dict[str, Any]:
        return self.organization.branding if self.organization else {}

    @property
    def _preferences(self) -> dict[str, Any]:
        return self.person.preferences if hasattr(self.request, "user") and self.person else {}

    def _item(self, key: str, word: str | Promise, *, keys: str, icon: str, count: int = 0) -> NavItem:
        return NavItem(key, word, icon, reverse(key), keys, count)


class LazyWords(dict[str, str]):
    """The house's vocabulary, looked up when a template first says a word of it."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame

    def __missing__(self, key: str) -> str:
        organization = self._frame.organization
        self.update(vocabulary_of(organization.vocabulary if organization else {}))
        if key not in self:
            raise KeyError(key)
        return self[key]


def _command(title: str | Promise, group: str | Promise, icon: str, url: str) -> dict[str, str]:
    return {"title": str(title), "group": str(group), "icon": icon, "url": url}


def view_url(view: SavedView) -> str:
    """The address of a saved view: its page with its query."""
    if view.page == SavedView.Page.GRID and view.project_id:
        page = reverse("project", args=[view.project_id])
    else:
        page = reverse("my-work" if view.page == SavedView.Page.WORK else "projects")
    return f"{page}?{view.query.lstrip('?')}" if view.query else page


def _view_icon(view: SavedView) -> str:
    # icons: star list-filter
    return "star" if view.page == SavedView.Page.GRID else "list-filter"
