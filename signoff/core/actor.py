"""Who is acting. Doors make one; everything below the doors takes it as an argument."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from uuid import UUID


class ActorKind(StrEnum):
    USER = "user"
    API_KEY = "api_key"
    SYSTEM = "system"
    GUEST = "guest"


@dataclass(frozen=True, slots=True)
class Covers:
    """What the link of a guest opens, and nothing else is there for them: these projects (as a name around the
    work), and of them everything, or only what hangs below `deliverable_ids`. `downloads` is a word of
    `guests.models.Downloads`; without `shows_older` only the newest round that clients see is there.
    `is_watermarked`: pictures carry the address of who looks."""

    link_id: UUID
    project_ids: tuple[UUID, ...]
    deliverable_ids: tuple[UUID, ...] | None = None
    downloads: str = "never"
    shows_older: bool = False
    is_watermarked: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, a key or the system itself, as seen in one organisation at one moment.

    `role` is a word of `accounts.models.Role`; `team_ids` are the client teams that a client
    viewer or a key is held to; `scopes` narrow a key further (None: not narrowed). `is_looking`: these are
    somebody's eyes, not their hands (view as), so nothing may be changed. `house` is what is read in the place
    of people's names, but for those whose ids are in `named`; empty: every name is read (accounts.names).
    `covers` holds a guest to what their link opens, in the place of client teams.
    """

    kind: ActorKind
    label: str
    organization_id: UUID | None = None
    user_id: UUID | None = None
    role: str = ""
    team_ids: tuple[UUID, ...] = ()
    scopes: frozenset[str] | None = None
    is_looking: bool = False
    house: str = ""
    named: frozenset[UUID] = frozenset()
    covers: Covers | None = None

    @classmethod
    def system(cls, label: str, organization_id: UUID | None = None) -> Self:
        """The house acting by itself, or an operator at the command line; may do everything."""
        return cls(kind=ActorKind.SYSTEM, label=label, organization_id=organization_id)

    @property
    def is_system(self) -> bool:
        return self.kind is ActorKind.SYSTEM
