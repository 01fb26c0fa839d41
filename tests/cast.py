"""The people of every story. One glance tells who may.

Fieldhouse is the studio: ada runs it, pat produces, art makes, rev reviews. mia looks in from the
client team Kolibri, nils from Norra. Sam Stranger is the admin of another studio altogether.
"""

from dataclasses import dataclass

import pytest

from signoff.accounts.actors import actor_of_member
from signoff.accounts.models import ClientTeam, Membership, Organization, Role, User
from signoff.core.actor import Actor
from tests import factories

PASSWORD = "a good long password"


@dataclass(frozen=True)
class Cast:
    """The users by name, and what belongs to them. `actor("pat")` acts."""

    organization: Organization
    elsewhere: Organization
    kolibri: ClientTeam
    norra: ClientTeam
    people: dict[str, User]

    def __getattr__(self, name: str) -> User:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None

    def actor(self, name: str) -> Actor:
        return actor_of_member(Membership.objects.select_related("user").get(user=self.people[name]))


ROLES = {
    "ada": ("Ada Admin", Role.ADMIN),
    "pat": ("Pat Producer", Role.PRODUCER),
    "art": ("Art Maker", Role.MAKER),
    "rev": ("Rev Reviewer", Role.REVIEWER),
    "mia": ("Mia Client", Role.CLIENT_VIEWER),
    "nils": ("Nils Client", Role.CLIENT_VIEWER),
}


@pytest.fixture
def cast(db: None) -> Cast:
    organization = factories.organization("Fieldhouse")
    kolibri = factories.client_team(organization, "Kolibri Drinks")
    norra = factories.client_team(organization, "Norra Rail")
    teams = {"mia": [kolibri], "nils": [norra]}
    people = {
        name: factories.member(organization, full_name, role, teams=teams.get(name, ()))
        for name, (full_name, role) in ROLES.items()
    }
    elsewhere = factories.organization("Elsewhere")
    people["stranger"] = factories.member(elsewhere, "Sam Stranger", Role.ADMIN)
    return Cast(organization, elsewhere, kolibri, norra, people)
