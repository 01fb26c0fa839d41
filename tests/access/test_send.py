"""Letters that were promised: sent once, tried again, given up in words. By a real worker, to a real mail server."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob

from signoff.access import actions
from signoff.access.links import invitation_of
from signoff.access.models import Invitation
from signoff.access.send import answer_forgotten, send_invitation
from signoff.access.tasks import TRIES
from signoff.accounts.models import Membership, Organization, User
from signoff.audit.models import Event
from signoff.mails import MailDelayed
from tests import factories
from tests.access.conftest import NEW, Invite
from tests.cast import Cast
from tests.mail_server import MailServer

Run = Callable[[], None]


def addresses(server: MailServer) -> list[str]:
    return sorted(to for _, all_of_them in server.envelopes for to in all_of_them)


def job_of(name: str) -> ProcrastinateJob:
    return ProcrastinateJob.objects.get(task_name=name)


def set_jobs(what: str) -> None:
    """As time would; the model itself is read-only."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE procrastinate_jobs SET {what} WHERE task_name LIKE 'access.%'")


def test_a_letter_goes_out_and_says_who_invites_to_what(
    cast: Cast, run_jobs: Run, mail_server: MailServer, invite: Invite, settings: Any
) -> None:
    settings.PUBLIC_URL = "https://signoff.example/tracker"
    Organization.objects.update(branding={"product": "Ardent Desk"})
    cast.organization.refresh_from_db()
    row = invite(role="client_viewer", teams=[cast.kolibri, cast.norra])
    run_jobs()
    row.refresh_from_db()
    letter = mail_server.letters[0]
    assert (letter["To"], letter["Subject"]) == (NEW, "Ada Admin invites you to Fieldhouse")
    assert letter["From"] == "Ardent Desk <signoff@localhost>"
    text = mail_server.text()
    assert "Ada Admin invites you to join Fieldhouse on Ardent Desk." in text
    assert "You will see what belongs to: Kolibri Drinks, Norra Rail." in text
    assert "https://signoff.example/tracker/invitations/" in text
    assert invitation_of(mail_server.link().rsplit("/", 1)[1]) == row
    assert (row.sent_at is not None, row.failure) == (True, "")


def test_a_client_of_a_house_that_hides_its_people_reads_the_house_in_their_place(
    cast: Cast, run_jobs: Run, mail_server: MailServer, invite: Invite
) -> None:
    Organization.objects.filter(pk=cast.organization.pk).update(hides_names=True)
    invite(role="client_viewer", teams=[cast.kolibri])
    run_jobs()
    assert mail_server.letters[0]["Subject"] == "Fieldhouse invites you"
    assert "Fieldhouse invites you to join it on Signoff." in mail_server.text()
    assert "Ada" not in mail_server.letters[0].as_string()
    invite(email="kim@x.example")
    run_jobs()
    assert mail_server.letters[1]["Subject"] == "Ada Admin invites you to Fieldhouse"


def test_done_twice_it_is_sent_once(cast: Cast, run_jobs: Run, mail_server: MailServer, invite: Invite) -> None:
    row = invite()
    run_jobs()
    send_invitation(row.pk, 1, is_last_try=False)
    assert addresses(mail_server) == [NEW]


def test_a_crash_between_commit_and_sending_loses_no_letter(
    cast: Cast, run_jobs: Run, mail_server: MailServer, invite: Invite
) -> None:
    invite()  # committed; whoever did it is gone now, and so are all connections
    connection.close()
    assert mail_server.letters == []
    run_jobs()
    assert addresses(mail_server) == [NEW]


def test_an_invitation_that_is_not_kept_sends_nothing(
    cast: Cast, run_jobs: Run, mail_server: MailServer, invite: Invite
) -> None:
    with transaction.atomic():
        invite()
        transaction.set_rollback(True)
    run_jobs()
    assert (Invitation.objects.count(), mail_server.letters) == (0, [])


def test_what_is_revoked_before_it_went_out_stays(
    cast: Cast, run_jobs: Run, mail_server: MailServer, invite: Invite
) -> None:
    actions.revoke_invitation(actor=cast.actor("ada"), invitation=invite())
    run_jobs()
    assert mail_server.letters == []


def test_sent_again_before_the_first_went_out_only_the_new_link_goes(
    cast: Cast, run_jobs: Run, mail_server: MailServer, invite: Invite
) -> None:
    row = invite()
    Invitation.objects.update(expires_at=now() + timedelta(days=5))
    row = actions.resend_invitation(actor=cast.actor("ada"), invitation=row)
    run_jobs()
    assert addresses(mail_server) == [NEW]
    assert invitation_of(mail_server.link().rsplit("/", 1)[1]) == row


def test_a_refused_address_is_not_tried_again(
    cast: Cast, run_jobs: Run, mail_server: MailServer, invite: Invite
) -> None:
    mail_server.says["rcpt"] = "550 No such user"
    row = invite()
    run_jobs()
    row.refresh_from_db()
    assert (row.sent_at, row.failure) == (None, "The mail server refuses this address: 550 No such user")
    assert job_of("access.send_invitation").status == "succeeded"


def test_a_busy_server_is_asked_again_later(cast: Cast, run_jobs: Run, mail_server: MailServer, invite: Invite) -> None:
    mail_server.says["rcpt"] = "450 Come again"
    row = invite()
    run_jobs()
    job = job_of("access.send_invitation")
    assert (job.status, job.attempts) == ("todo", 1)
    assert timedelta(seconds=0) < job.scheduled_at - now() < timedelta(seconds=10)
    row.refresh_from_db()
    assert (row.sent_at, row.failure) == (None, "")
    mail_server.says.clear()
    set_jobs("scheduled_at = now()")
    run_jobs()
    row.refresh_from_db()
    assert (addresses(mail_server), row.sent_at is not None) == ([NEW], True)


def test_the_last_try_says_why_it_gave_up_and_sending_again_begins_anew(
    cast: Cast, run_jobs: Run, mail_server: MailServer, invite: Invite
) -> None:
    mail_server.says["data"] = "451 Disk is full"
    row = invite()
    with pytest.raises(MailDelayed):
        send_invitation(row.pk, 1, is_last_try=False)
    set_jobs(f"attempts = {TRIES - 1}")
    run_jobs()
    row.refresh_from_db()
    assert row.failure == "The mail server refuses: 451 Disk is full"
    mail_server.says.clear()
    Invitation.objects.update(expires_at=now() + timedelta(days=5))
    actions.resend_invitation(actor=cast.actor("ada"), invitation=row)
    run_jobs()
    row.refresh_from_db()
    assert (row.sent_at is not None, row.failure) == (True, "")


def test_a_job_of_long_ago_finds_nothing_to_do(mail_server: MailServer, invite: Invite) -> None:
    row = invite()
    with time_machine.travel(row.expires_at):
        send_invitation(row.pk, 1, is_last_try=False)
    row.delete()
    send_invitation(row.pk, 1, is_last_try=False)
    assert mail_server.letters == []


# --- forgotten passwords ------------------------------------------------------------------------
def asked(user: User | None) -> None:
    answer_forgotten(user.pk if user else None, "job-1", is_last_try=True)


def test_who_forgot_gets_a_link_and_their_houses_know(cast: Cast, mail_server: MailServer) -> None:
    Membership.objects.create(user=cast.art, organization=cast.elsewhere, role="maker")
    asked(cast.art)
    assert addresses(mail_server) == [cast.art.email]
    assert mail_server.link().startswith("/password/new/")
    told = Event.objects.values_list("verb", "organization_id", "subject_id", "actor_kind")
    assert set(told) == {
        ("person.password_forgotten", one.pk, cast.art.pk, "system") for one in (cast.organization, cast.elsewhere)
    }


def test_who_cannot_come_in_gets_no_letter(cast: Cast, mail_server: MailServer) -> None:
    Membership.objects.filter(user=cast.art).update(is_active=False)
    User.objects.filter(pk=cast.rev.pk).update(is_active=False)
    User.objects.filter(pk=cast.pat.pk).update(is_service=True)
    for user in (None, cast.art, cast.rev, cast.pat):
        asked(user)
    assert (mail_server.letters, Event.objects.count()) == ([], 0)


def test_who_was_here_once_and_is_invited_again_gets_a_link(
    cast: Cast, mail_server: MailServer, invite: Invite
) -> None:
    Membership.objects.filter(user=cast.art).update(is_active=False)
    row = invite(email=cast.art.email)
    asked(cast.art)
    assert mail_server.link().startswith("/password/new/")
    actions.revoke_invitation(actor=cast.actor("ada"), invitation=row)
    asked(cast.art)
    assert len(mail_server.letters) == 1


def test_who_has_no_password_reads_how_they_get_in(cast: Cast, mail_server: MailServer) -> None:
    Organization.objects.filter(pk=cast.organization.pk).update(only_sso=True)
    asked(cast.art)
    assert mail_server.link() == "/sign-in"
    assert "single sign-on" in mail_server.text()


def test_a_second_house_with_passwords_gives_a_link_in_its_name(cast: Cast, mail_server: MailServer) -> None:
    Organization.objects.filter(pk=cast.organization.pk).update(only_sso=True)
    with_passwords = factories.organization("Later", branding={"product": "Later Desk"})
    Membership.objects.create(user=cast.art, organization=with_passwords, role="maker")
    asked(cast.art)
    assert mail_server.link().startswith("/password/new/")
    assert mail_server.letters[0]["From"] == "Later Desk <signoff@localhost>"


def test_a_letter_that_cannot_be_sent_is_a_line_in_the_log_without_its_link(
    cast: Cast, mail_server: MailServer, caplog: Any
) -> None:
    mail_server.says["rcpt"] = "450 Come again"
    with pytest.raises(MailDelayed):
        answer_forgotten(cast.art.pk, "job-1", is_last_try=False)
    with caplog.at_level(logging.WARNING, "signoff"):
        asked(cast.art)
    assert [one.getMessage() for one in caplog.records if one.name.startswith("signoff")] == [
        "A letter about a forgotten password was not taken: The mail server refuses this address: 450 Come again"
    ]
    assert Event.objects.count() == 0
