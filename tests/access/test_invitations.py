from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob

from signoff.access import actions
from signoff.access.errors import (
    AlreadyInvited,
    DeadLink,
    InvitationOver,
    LinkIsTheirs,
    SentTooOften,
    TeamIsArchived,
)
from signoff.access.links import invitation_of
from signoff.access.models import VALID, Invitation
from signoff.accounts.actions import add_member, archive_client_team, deactivate_member, issue_api_key
from signoff.accounts.errors import AlreadyMember, BadAddress, ClientNeedsTeam, NoSuchRole, NotAPerson
from signoff.accounts.models import Membership, User
from signoff.audit.models import Event
from signoff.core.errors import NotAllowed, NotFound
from signoff.core.text import BadText
from tests import factories
from tests.access.conftest import NEW, Invite, token_of
from tests.cast import Cast
from tests.mail_server import MailServer
from tests.together import at_once

MINUTES = timedelta(minutes=1)


def jobs() -> list[tuple[str, dict[str, Any]]]:
    return [(job.task_name, job.args) for job in ProcrastinateJob.objects.order_by("id")]


def test_somebody_is_invited_and_it_is_written_down(cast: Cast, invite: Invite) -> None:
    row = invite(email=" Zoe@Kolibri.example ", role="client_viewer", teams=[cast.kolibri])
    assert (row.email, row.name, row.role, row.invited_by, row.invited_by_label) == (
        *(NEW, "Zoë Holm", "client_viewer", cast.ada, "Ada Admin"),
    )
    assert list(row.client_teams.all()) == [cast.kolibri]
    assert abs(row.expires_at - now() - VALID) < timedelta(seconds=5)
    event = Event.objects.get()
    assert (event.verb, event.subject_id, event.data) == (
        *("invitation.sent", row.pk),
        {"email": NEW, "role": "client_viewer", "teams": ["Kolibri Drinks"]},
    )
    assert not User.objects.filter(email=NEW).exists()


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"email": "nobody"}, BadAddress),
        ({"email": "a" * 250 + "@x.example"}, BadAddress),
        ({"email": "z@x.example\nBcc: all@x.example"}, BadAddress),
        ({"name": "x" * 201}, BadText),
        ({"name": "a\x00b"}, BadText),
        ({"role": "integration"}, NoSuchRole),
        ({"role": "king"}, NoSuchRole),
        ({"role": "client_viewer"}, ClientNeedsTeam),
        ({"email": "MIA@fieldhouse.example"}, AlreadyMember),
    ],
)
def test_who_cannot_be_invited(invite: Invite, values: dict[str, str], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        invite(**values)
    assert (Invitation.objects.count(), Event.objects.count()) == (0, 0)


@pytest.mark.parametrize("who", ["pat", "art", "rev", "mia", "stranger"])
def test_only_admins_of_the_house_invite(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        actions.invite(actor=cast.actor(who), organization=cast.organization, email=NEW, role="maker")


def test_a_team_of_another_house_is_not_found(cast: Cast, invite: Invite) -> None:
    with pytest.raises(NotFound):
        invite(role="client_viewer", teams=[factories.client_team(cast.elsewhere, "Theirs")])


def test_nobody_is_invited_to_an_archived_team(cast: Cast, invite: Invite) -> None:
    archive_client_team(actor=cast.actor("ada"), team=cast.kolibri)
    cast.kolibri.refresh_from_db()
    with pytest.raises(TeamIsArchived):
        invite(role="client_viewer", teams=[cast.kolibri])


def test_the_account_of_keys_is_no_person(cast: Cast, invite: Invite) -> None:
    issue_api_key(actor=cast.actor("ada"), organization=cast.organization, name="Sync", scopes=["read"])
    with pytest.raises(NotAPerson):
        invite(email=User.objects.get(is_service=True).email)


def test_an_address_is_invited_once_until_it_answers(cast: Cast, invite: Invite) -> None:
    invite()
    with pytest.raises(AlreadyInvited):
        invite(email=NEW.upper())


def test_two_admins_at_once_invite_once(transactional_db: None, cast: Cast, invite: Invite) -> None:
    assert at_once(invite, invite) == ["already_invited", "done"]
    assert Invitation.objects.count() == 1


def test_one_that_has_run_out_makes_way(invite: Invite) -> None:
    old = invite()
    with time_machine.travel(now() + VALID + MINUTES):
        new = invite()
        old.refresh_from_db()
        assert (old.revoked_at is not None, new.is_open) == (True, True)


def test_another_house_may_invite_the_same_address(cast: Cast, invite: Invite) -> None:
    invite()
    actions.invite(actor=cast.actor("stranger"), organization=cast.elsewhere, email=NEW, role="maker")
    assert Invitation.objects.visible_to(cast.actor("ada")).count() == 1
    assert Invitation.objects.visible_to(cast.actor("pat")).count() == 0


def test_a_closed_access_may_be_invited_anew(cast: Cast, invite: Invite) -> None:
    deactivate_member(actor=cast.actor("ada"), membership=Membership.objects.get(user=cast.art))
    assert invite(email=cast.art.email).email == cast.art.email


def test_a_link_is_good_for_exactly_seven_days(invite: Invite) -> None:
    row = invite()
    with time_machine.travel(row.expires_at - timedelta(seconds=1), tick=False):
        assert invitation_of(token_of(row)) == row
    with time_machine.travel(row.expires_at, tick=False), pytest.raises(DeadLink):
        invitation_of(token_of(row))


def test_sent_again_the_old_link_ends_and_seven_days_begin(cast: Cast, invite: Invite) -> None:
    old = invite()
    with time_machine.travel(now() + timedelta(days=6)):
        new = actions.resend_invitation(actor=cast.actor("ada"), invitation=old)
        assert invitation_of(token_of(new)) == new
        assert new.expires_at > now() + timedelta(days=6, hours=23)
        with pytest.raises(DeadLink):
            invitation_of(token_of(old))
    assert [event.data.get("again") for event in Event.objects.order_by("pk")] == [None, 2]


def test_one_that_has_run_out_is_revived_by_sending_it_again(cast: Cast, invite: Invite) -> None:
    row = invite()
    with time_machine.travel(row.expires_at + MINUTES):
        assert actions.resend_invitation(actor=cast.actor("ada"), invitation=row).is_open


def test_sending_again_waits_a_minute(cast: Cast, invite: Invite) -> None:
    row = invite()
    with pytest.raises(SentTooOften):
        actions.resend_invitation(actor=cast.actor("ada"), invitation=row)
    with time_machine.travel(now() + MINUTES + timedelta(seconds=1)):
        actions.resend_invitation(actor=cast.actor("ada"), invitation=row)
        with pytest.raises(SentTooOften):
            actions.resend_invitation(actor=cast.actor("ada"), invitation=row)


def test_two_who_send_it_again_at_once_send_it_once(transactional_db: None, cast: Cast, invite: Invite) -> None:
    row = invite()
    Invitation.objects.update(expires_at=now() + timedelta(days=5))

    def again() -> None:
        actions.resend_invitation(actor=cast.actor("ada"), invitation=row)

    assert at_once(again, again) == ["done", "sent_too_often"]
    assert Invitation.objects.get().serial == 2


def test_who_came_in_by_another_way_is_not_sent_for_again(cast: Cast, invite: Invite) -> None:
    row = invite()
    add_member(actor=cast.actor("ada"), organization=cast.organization, email=NEW, name="Zoë", role="maker")
    with time_machine.travel(now() + 2 * MINUTES), pytest.raises(AlreadyMember):
        actions.resend_invitation(actor=cast.actor("ada"), invitation=row)


def test_revoked_the_link_ends_twice_is_once_and_undo_brings_it_back(cast: Cast, invite: Invite) -> None:
    row, ada = invite(), cast.actor("ada")
    actions.revoke_invitation(actor=ada, invitation=row)
    actions.revoke_invitation(actor=ada, invitation=row)
    with pytest.raises(DeadLink):
        invitation_of(token_of(row))
    with pytest.raises(InvitationOver):
        actions.resend_invitation(actor=ada, invitation=row)
    with pytest.raises(InvitationOver):
        actions.copy_link(actor=ada, invitation=row)
    actions.restore_invitation(actor=ada, invitation=row)
    actions.restore_invitation(actor=ada, invitation=row)
    assert invitation_of(token_of(row)) == row
    verbs = [event.verb for event in Event.objects.order_by("pk")]
    assert verbs == ["invitation.sent", "invitation.revoked", "change.undone"]


def test_undo_does_not_bring_back_what_was_replaced(cast: Cast, invite: Invite) -> None:
    row = invite()
    actions.revoke_invitation(actor=cast.actor("ada"), invitation=row)
    invite()
    with pytest.raises(AlreadyInvited):
        actions.restore_invitation(actor=cast.actor("ada"), invitation=row)


@pytest.mark.parametrize(
    "act", [actions.resend_invitation, actions.revoke_invitation, actions.restore_invitation, actions.copy_link]
)
def test_others_may_do_none_of_it(cast: Cast, invite: Invite, act: Any) -> None:
    row = invite()
    for who in ("pat", "mia", "stranger"):
        with pytest.raises(NotAllowed):
            act(actor=cast.actor(who), invitation=row)


def test_the_link_is_the_inviters_where_there_is_mail(cast: Cast, invite: Invite, mail_server: MailServer) -> None:
    row = invite()
    bea = factories.member(cast.organization, "Bea Admin", "admin")
    cast.people["bea"] = bea
    assert actions.copy_link(actor=cast.actor("ada"), invitation=row).endswith(token_of(row))
    with pytest.raises(LinkIsTheirs):
        actions.copy_link(actor=cast.actor("bea"), invitation=row)


def test_the_link_is_any_admins_where_there_is_none(cast: Cast, invite: Invite, no_mail: None) -> None:
    row = invite()
    cast.people["bea"] = factories.member(cast.organization, "Bea Admin", "admin")
    assert actions.copy_link(actor=cast.actor("bea"), invitation=row).endswith(token_of(row))
    assert jobs() == []


def test_what_is_kept_of_a_letter_holds_no_secret(cast: Cast, invite: Invite, mail_server: MailServer) -> None:
    row = invite()
    assert jobs() == [("access.send_invitation", {"invitation_id": str(row.pk), "serial": 1})]
    kept = [*Invitation.objects.values_list(), *Event.objects.values_list("data", "changes", "subject_label")]
    assert token_of(row).split(":")[1] not in str(kept)
