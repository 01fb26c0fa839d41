"""Forgotten passwords: asking for a link, and choosing a new one with it."""

from django.db import transaction

from signoff.access.links import user_of
from signoff.access.queue import answer_forgotten_later
from signoff.accounts.actors import actor_of_member, memberships_of
from signoff.accounts.models import User
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.ids import new_id


@transaction.atomic
def forget_password(*, email: str) -> None:
    """Anybody may say this of any address; what comes of it reads only who reads that address's mail."""
    user_id = User.objects.at(email).values_list("pk", flat=True).first()
    answer_forgotten_later(user_id)


@transaction.atomic
def set_forgotten_password(*, link: str, password: str) -> User:
    """Give the person of this link a new password, already checked against the rules. All their sessions end.

    Raises DeadPasswordLink, also for the second of two at once.
    """
    user = user_of(link, User.objects.select_for_update(no_key=True))
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    act = new_id()
    for one in memberships_of(user).select_related("user"):
        happening = Happening(Verb.PASSWORD_CHANGED, user, data={"forgotten": True})
        record(happening, actor=actor_of_member(one), organization_id=one.organization_id, act=act)
    return user
