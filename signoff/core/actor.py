"""Who is acting. Doors make one; everything below the doors takes it as an argument."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from uuid import UUID


class ActorKind(StrEnum):
    USER = "user"
    API_KEY = "api_key"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, a key or the system itself, as seen in one organisation at one moment.

    `role` is a word of `accounts.models.Role`; `team_ids` are the client teams that a client
    viewer or a key is held to; `scopes` narrow a key further (None: not narrowed).
    """

    kind: ActorKind
    label: str
    organization_id: UUID | None = None
    user_id: UUID | None = None
    role: str = ""
    team_ids: tuple[UUID, ...] = ()
    scopes: frozenset[str] | None = None

    @classmethod
    def system(cls, label: str, organization_id: UUID | None = None) -> Self:
        """The house acting by itself, or an operator at the command line; may do everything."""
        return cls(kind=ActorKind.SYSTEM, label=label, organization_id=organization_id)

    @property
    def is_system(self) -> bool:
        return self.kind is ActorKind.SYSTEM
