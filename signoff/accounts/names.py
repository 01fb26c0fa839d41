"""Whose name an actor reads. Where a house hides its people from clients, they read the house's own name instead.

People of the viewer's own client teams keep theirs. Every door that says who did or does something asks here.
"""

from uuid import UUID

from signoff.accounts.models import User
from signoff.core.actor import Actor

NOBODY = UUID(int=0)


def is_named(actor: Actor, user_id: UUID | None) -> bool:
    """Does the actor read this person's name? None is somebody who is gone, or the system."""
    return not actor.house or user_id == actor.user_id or user_id in actor.named


def shown_name(actor: Actor, user_id: UUID | None, name: str) -> str:
    """The name, or the house's in its place; empty stays empty."""
    return name if not name or is_named(actor, user_id) else actor.house


def shown_first_name(actor: Actor, user_id: UUID | None, name: str) -> str:
    """The same where there is room for one word of a person's name."""
    return actor.house if name and not is_named(actor, user_id) else name.partition(" ")[0]


def shown_person(actor: Actor, person: User | None) -> User | None:
    """The person, or one and the same stand-in with the name and initials of the house and no address."""
    if person is None or is_named(actor, person.pk):
        return person
    return User(pk=NOBODY, name=actor.house)
