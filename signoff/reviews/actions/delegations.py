"""Who decides for whom while they are away."""

from datetime import date, timedelta

from django.db import transaction

from signoff.accounts.models import Membership, User
from signoff.accounts.policy import Permission, can, require_hands
from signoff.activity.announce import announce
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.errors import NotAllowed
from signoff.notifications.models import Notification
from signoff.reviews.errors import BadDelegation
from signoff.reviews.models import Delegation
from signoff.reviews.panels import MAY_DECIDE
from signoff.reviews.standing import today_of

LONGEST, MOST = timedelta(days=366), 20


@transaction.atomic
def set_delegation(*, actor: Actor, absent: User, deputy: User, begins_on: date, ends_on: date) -> Delegation:
    """`deputy` decides for `absent` on these days, both of which count; it is told to them.

    For oneself, or for others by who may edit approvers. The same once more is the one there is. Raises NotAllowed,
    BadDelegation.
    """
    require_hands(actor)
    _ask_permission(actor, absent)
    members = _members(actor, absent, deputy)
    _check_days(members[0], begins_on, ends_on)
    wanted = {"organization_id": actor.organization_id, "absent": absent, "deputy": deputy}
    mine = Delegation.objects.filter(organization_id=members[0].organization_id, absent=absent)
    same = mine.filter(deputy=deputy, begins_on=begins_on, ends_on=ends_on).first()
    if same:
        return same
    if mine.filter(ends_on__gte=today_of(members[0].organization)).count() >= MOST:
        raise BadDelegation(f"At most {MOST} at a time: remove one first.")
    row = Delegation.objects.create(**wanted, begins_on=begins_on, ends_on=ends_on)
    _announce(actor, row, (None, f"{begins_on} – {ends_on}"))
    return row


@transaction.atomic
def remove_delegation(*, actor: Actor, delegation: Delegation) -> None:
    """It counts no more; what was decided by it stays. Raises NotAllowed."""
    require_hands(actor)
    _ask_permission(actor, delegation.absent)
    if Delegation.objects.select_for_update().filter(pk=delegation.pk).exists():
        _announce(actor, delegation, (f"{delegation.begins_on} – {delegation.ends_on}", None))
        Delegation.objects.filter(pk=delegation.pk).delete()


def _ask_permission(actor: Actor, absent: User) -> None:
    needed = Permission.APPROVE_WHERE_NAMED if actor.user_id == absent.pk else Permission.EDIT_APPROVERS
    if not can(actor, needed):
        raise NotAllowed(permission=str(needed))


def _members(actor: Actor, absent: User, deputy: User) -> list[Membership]:
    """Both as the actor's organisation has them, locked so that two of the same are one."""
    if absent.pk == deputy.pk:
        raise BadDelegation("Nobody is their own deputy.", field="deputy")
    people = Membership.objects.visible_to(actor).people().filter(user__in=[absent, deputy], role__in=MAY_DECIDE)
    found = {one.user_id: one for one in people.select_related("organization").select_for_update(of=("self",))}
    for person, field in ((absent, "absent"), (deputy, "deputy")):
        if person.pk not in found:
            raise BadDelegation("This person does not decide here.", field=field)
    return [found[absent.pk], found[deputy.pk]]


def _check_days(member: Membership, begins_on: date, ends_on: date) -> None:
    if ends_on < begins_on:
        raise BadDelegation("The last day comes before the first.", field="ends_on")
    if ends_on < today_of(member.organization):
        raise BadDelegation("These days have passed.", field="ends_on")
    if ends_on - begins_on > LONGEST:
        raise BadDelegation("A year at most.", field="ends_on")


def _announce(actor: Actor, row: Delegation, days: tuple[object, object]) -> None:
    announce(
        Verb.DELEGATION_CHANGED,
        actor=actor,
        subject=row,
        organization_id=row.organization_id,
        changes={"days": days},
        data={"absent": str(row.absent), "deputy": str(row.deputy)},
        tell=dict.fromkeys((row.deputy_id, row.absent_id), Notification.Reason.ASSIGNED),
    )
