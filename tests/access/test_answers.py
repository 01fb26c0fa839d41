"""What the person does who was invited, and everybody else who holds the link."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils.timezone import now

from signoff.access import actions
from signoff.access.errors import (
    AccountExists,
    ComesBySso,
    DeadLink,
    DeadPasswordLink,
    InvitedIsAnother,
    TeamsAreGone,
)
from signoff.access.links import password_link_of, user_of
from signoff.access.models import Invitation
from signoff.accounts.actions import add_member, archive_client_team, deactivate_member
from signoff.accounts.errors import AlreadyMember
from signoff.accounts.models import Membership, Organization, User
from signoff.audit.models import Event
from tests.access.conftest import NEW, Invite, token_of
from tests.cast import PASSWORD, Cast
from tests.together import at_once

CHOSEN = "correct horse battery staple"


def accept(row: Invitation, **values: Any) -> Membership:
    return actions.accept_as_new(link=token_of(row), **{"name": "Zoë", "password": CHOSEN} | values)


def as_it_is(user: User) -> tuple[str, bool, list[str]]:
    one = Membership.objects.get(user=user)
    return one.role, one.is_active, [team.name for team in one.client_teams.order_by("name")]


def test_a_new_person_comes_in_as_the_invitation_says(cast: Cast, invite: Invite) -> None:
    row = invite(role="client_viewer", teams=[cast.kolibri])
    membership = accept(row, name="  Zoë   Holm ")
    user = User.objects.get(email=NEW)
    assert (user.name, user.check_password(CHOSEN), user.must_change_password) == ("Zoë Holm", True, False)
    assert as_it_is(user) == ("client_viewer", True, ["Kolibri Drinks"])
    row.refresh_from_db()
    assert (row.accepted_at is not None, row.accepted_by) == (True, user)
    events = Event.objects.exclude(verb="invitation.sent")
    assert {(e.verb, e.actor_label, e.subject_id) for e in events} == {
        ("member.added", "Zoë Holm", membership.pk),
        ("invitation.accepted", "Zoë Holm", row.pk),
    }
    assert len({event.act for event in events}) == 1


def test_it_is_accepted_once(invite: Invite) -> None:
    row = invite()
    accept(row)
    with pytest.raises(DeadLink):
        accept(row)


def test_two_clicks_at_once_make_one_account(transactional_db: None, invite: Invite) -> None:
    row = invite()
    assert at_once(lambda: accept(row), lambda: accept(row)) == ["dead_link", "done"]
    assert (User.objects.filter(email=NEW).count(), Membership.objects.filter(user__email=NEW).count()) == (1, 1)


def test_two_clicks_of_a_member_at_once_open_one_membership(transactional_db: None, cast: Cast, invite: Invite) -> None:
    row = invite(email=cast.stranger.email)
    click = lambda: actions.accept_as(link=token_of(row), user=cast.stranger)  # noqa: E731
    assert at_once(click, click) == ["dead_link", "done"]
    assert Membership.objects.filter(user=cast.stranger).count() == 2


def test_revoking_and_accepting_at_once_do_not_both_hold(transactional_db: None, cast: Cast, invite: Invite) -> None:
    row, ada = invite(), cast.actor("ada")
    at_once(lambda: accept(row), lambda: actions.revoke_invitation(actor=ada, invitation=row))
    row.refresh_from_db()
    assert (row.accepted_at is None) == (row.revoked_at is not None) == (not User.objects.filter(email=NEW).exists())


def test_every_dead_link_is_refused_alike_and_costs_the_same(
    cast: Cast, invite: Invite, django_assert_num_queries: Any
) -> None:
    used, revoked, over = invite(email="a@x.example"), invite(email="b@x.example"), invite(email="c@x.example")
    replaced = invite(email="d@x.example")
    accept(used)
    actions.revoke_invitation(actor=cast.actor("ada"), invitation=revoked)
    Invitation.objects.filter(pk=over.pk).update(expires_at=now())
    Invitation.objects.filter(pk=replaced.pk).update(serial=2)
    said = []
    for link in (*map(token_of, (used, revoked, over, replaced)), "nonsense", token_of(over) + "x", "WyJ4Il0:abc"):
        with django_assert_num_queries(4), pytest.raises(DeadLink) as dead:  # three are the savepoint
            actions.accept_as_new(link=link, name="Zoë", password=CHOSEN)
        said.append((dead.value.message, dead.value.detail))
    assert said == [(DeadLink.message, {})] * 7


def test_a_link_alone_opens_nobodys_account(cast: Cast, invite: Invite) -> None:
    row = invite(email=cast.stranger.email, role="admin")
    with pytest.raises(AccountExists):
        accept(row)
    cast.stranger.refresh_from_db()
    assert cast.stranger.check_password(PASSWORD)
    assert Membership.objects.filter(user=cast.stranger).count() == 1


def test_who_has_an_account_accepts_when_signed_in_with_it(cast: Cast, invite: Invite) -> None:
    row = invite(email=cast.stranger.email, role="reviewer", name="Somebody Else")
    membership = actions.accept_as(link=token_of(row), user=cast.stranger)
    cast.stranger.refresh_from_db()
    assert (membership.role, cast.stranger.name, cast.stranger.check_password(PASSWORD)) == (
        *("reviewer", "Sam Stranger", True),
    )
    assert Membership.objects.get(user=cast.stranger, organization=cast.elsewhere).role == "admin"


@pytest.mark.parametrize("who", ["mia", "stranger", "ada"])
def test_nobody_accepts_for_somebody_else(cast: Cast, invite: Invite, who: str) -> None:
    row = invite(role="admin")
    with pytest.raises(InvitedIsAnother):
        actions.accept_as(link=token_of(row), user=cast.people[who])
    assert Invitation.objects.get().is_open


def test_a_closed_access_opens_with_what_the_invitation_says_and_no_more(cast: Cast, invite: Invite) -> None:
    membership = Membership.objects.get(user=cast.pat)
    deactivate_member(actor=cast.actor("ada"), membership=membership)
    row = invite(email=cast.pat.email, role="client_viewer", teams=[cast.norra])
    actions.accept_as(link=token_of(row), user=cast.pat)
    assert as_it_is(cast.pat) == ("client_viewer", True, ["Norra Rail"])
    event = Event.objects.filter(verb="member.changed").latest("pk")
    assert (event.actor_user_id, event.changes) == (
        cast.pat.pk,
        {"is_active": [False, True], "role": ["producer", "client_viewer"], "teams": [[], ["Norra Rail"]]},
    )


def test_an_invitation_from_before_the_access_was_closed_does_not_open_it_again(cast: Cast, invite: Invite) -> None:
    with time_machine.travel(now() - timedelta(hours=1), tick=False):
        row = invite(role="admin")
        added = add_member(actor=cast.actor("ada"), organization=cast.organization, email=NEW, name="Zoë", role="maker")
    user = added.membership.user
    deactivate_member(actor=cast.actor("ada"), membership=added.membership)
    with pytest.raises(DeadLink):
        actions.accept_as(link=token_of(row), user=user)
    assert as_it_is(user) == ("maker", False, [])
    row = actions.resend_invitation(actor=cast.actor("ada"), invitation=row)
    actions.accept_as(link=token_of(row), user=user)
    assert as_it_is(user) == ("admin", True, [])


def test_who_came_in_by_another_way_keeps_what_they_are(cast: Cast, invite: Invite) -> None:
    row = invite(role="admin")
    add_member(actor=cast.actor("ada"), organization=cast.organization, email=NEW, name="Zoë", role="maker")
    user = User.objects.get(email=NEW)
    with pytest.raises(AlreadyMember):
        actions.accept_as(link=token_of(row), user=user)
    assert as_it_is(user) == ("maker", True, [])


def test_a_team_that_was_archived_meanwhile_is_said(cast: Cast, invite: Invite) -> None:
    row = invite(role="client_viewer", teams=[cast.kolibri, cast.norra])
    archive_client_team(actor=cast.actor("ada"), team=cast.norra)
    with pytest.raises(TeamsAreGone):
        accept(row)
    assert not User.objects.filter(email=NEW).exists()


def test_a_client_whose_team_was_removed_comes_to_nothing(cast: Cast, invite: Invite) -> None:
    row = invite(role="client_viewer", teams=[cast.kolibri])
    cast.kolibri.delete()
    with pytest.raises(TeamsAreGone):
        accept(row)


def test_a_house_without_passwords_makes_none(cast: Cast, invite: Invite) -> None:
    row, theirs = invite(), invite(email=cast.stranger.email)
    Organization.objects.filter(pk=cast.organization.pk).update(only_sso=True)
    with pytest.raises(ComesBySso):
        accept(row)
    with pytest.raises(ComesBySso):
        actions.accept_as(link=token_of(theirs), user=cast.stranger)
    assert not User.objects.filter(email=NEW).exists()


def test_a_link_of_one_kind_never_opens_another(invite: Invite, cast: Cast) -> None:
    with pytest.raises(DeadPasswordLink):
        user_of(token_of(invite()))
    with pytest.raises(DeadLink):
        accept_link = password_link_of(cast.pat).rsplit("/", 1)[1]
        actions.accept_as_new(link=accept_link, name="Zoë", password=CHOSEN)
