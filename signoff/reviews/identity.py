"""Proving oneself for a decision: signed in, the password once more, or a code that was mailed. Steps.

They count tries, so they run before the transaction of the decision, which a refusal would undo.
"""

import secrets
from datetime import timedelta
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.timezone import now

from signoff import mails
from signoff.access.limits import Limit, count_try
from signoff.access.own_password import check_own_password
from signoff.accounts.models import User
from signoff.core.actor import Actor, ActorKind
from signoff.deliverables.models import Stage
from signoff.reviews.errors import IdentityNeeded, NoMailServer, WrongCode
from signoff.reviews.letters import code_letter
from signoff.reviews.models import Identity, ProofCode

VALID = timedelta(minutes=10)
TRIES = Limit("decision-code", 5, 20 * 60)
LETTERS = Limit("decision-code-letter", 5, 20 * 60)


def step_for(person: User | None, asked: str) -> Identity:
    """What is asked of this person: who has no password proves themselves by a code in its place."""
    if asked == Identity.PASSWORD and person is not None and not person.has_usable_password():
        return Identity.CODE
    return Identity(asked)


def prove(actor: Actor, stage: Stage, asked: str, *, password: str = "", code: str = "") -> Identity:
    """The step that was taken. Raises IdentityNeeded, naming the step; WrongPassword, WrongCode, TooManyTries."""
    if asked == Identity.SESSION:
        return Identity.SESSION
    person = _person(actor)
    step = step_for(person, asked)
    if not (password if step == Identity.PASSWORD else code):
        raise IdentityNeeded(identity=str(step))
    if step == Identity.PASSWORD:
        check_own_password(person, password)
    else:
        _check_code(person, stage, code)
    return step


def send_code(actor: Actor, stage: Stage) -> None:
    """Mail a new code, which ends the one before. Raises NoMailServer, MailFailed, TooManyTries."""
    if not mails.is_configured():
        raise NoMailServer()
    person = _person(actor)
    count_try([(LETTERS, str(person.pk))])
    code = f"{secrets.randbelow(1_000_000):06}"
    kept = {"digest": _digest(person, stage, code), "expires_at": now() + VALID}
    row, _ = ProofCode.objects.update_or_create(stage=stage, user=person, defaults=kept)
    mails.deliver(code_letter(person, stage, code), person.email, f"decision-code-{row.pk}-{row.digest}")


def forget_code(person_id: UUID | None, stage: Stage) -> None:
    """It has opened what it was for."""
    if person_id:
        ProofCode.objects.filter(stage=stage, user_id=person_id).delete()


def _person(actor: Actor) -> User:
    """Raises IdentityNeeded: a key has neither a password nor a mailbox."""
    people = User.objects.filter(is_service=False)
    is_person = actor.kind in (ActorKind.USER, ActorKind.GUEST)
    person = people.filter(pk=actor.user_id).first() if actor.user_id and is_person else None
    if person is None:
        raise IdentityNeeded("This is decided by people who prove themselves, not by keys.", identity="person")
    return person


def _check_code(person: User, stage: Stage, code: str) -> None:
    counted = count_try([(TRIES, str(person.pk))])
    digest = _digest(person, stage, "".join(code.split()))
    kept = ProofCode.objects.filter(stage=stage, user=person, expires_at__gt=now()).first()
    if kept is None or not constant_time_compare(kept.digest, digest):
        raise WrongCode(field="code")
    counted.give_back()


def _digest(person: User, stage: Stage, code: str) -> str:
    """A million codes are quickly tried, so the digest needs the installation's key."""
    return salted_hmac("signoff.decision-code", f"{person.pk}:{stage.pk}:{code}", algorithm="sha256").hexdigest()
