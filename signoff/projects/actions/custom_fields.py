"""What people do with custom fields. Values stay in the rows whatever happens to their field."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from uuid import UUID

from django.db import transaction

from signoff.accounts.models import Organization
from signoff.accounts.policy import Permission, require
from signoff.activity.announce import announce
from signoff.audit.models import Event
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.changes import Change, set_fields
from signoff.core.text import clean_name, free_slug, slug_of
from signoff.projects.errors import BadChoices, CustomFieldTaken, NoSuchKind, NothingToRestore, TooManyFields
from signoff.projects.models import CustomField

MOST_FIELDS, MOST_CHOICES = 50, 200
DESCRIBED = ("subject", "key", "name", "kind", "choices", "position")


@transaction.atomic
def add_custom_field(
    *,
    actor: Actor,
    organization: Organization,
    subject: str,
    name: str,
    kind: str = CustomField.Kind.TEXT,
    choices: Iterable[str] = (),
) -> CustomField:
    """Give projects or deliverables a field more, at the end.

    It never takes over the values of a field that was removed. Raises NoSuchKind, BadText,
    CustomFieldTaken, BadChoices or TooManyFields.
    """
    require(actor, Permission.EDIT_PIPELINES, organization.pk)
    _lock_organization(organization.pk)
    if subject not in CustomField.Subject.values or kind not in CustomField.Kind.values:
        raise NoSuchKind(field="kind")
    there = list(CustomField.objects.filter(organization=organization, subject=subject))
    name = clean_name(name, most=80)
    _check_room(there, name)
    field = CustomField(
        organization=organization,
        subject=subject,
        key=free_slug(slug_of(name)[:70], _used_keys(organization.pk, there), fallback="field"),
        name=name,
        kind=kind,
        choices=_clean_choices(kind, choices),
        position=max((one.position for one in there), default=0) + 1,
    )
    field.save(force_insert=True)
    _announce(Verb.CUSTOM_FIELD_ADDED, actor, field)
    return field


@transaction.atomic
def change_custom_field(*, actor: Actor, field: CustomField, changes: Mapping[str, object]) -> CustomField:
    """Change `name` or `choices`. What kind it is cannot change: the values are of that kind.

    Rows that hold a choice which is gone keep it. Raises BadText, CustomFieldTaken or BadChoices.
    """
    field = _lock(actor, field)
    others = CustomField.objects.filter(organization_id=field.organization_id, subject=field.subject)
    wanted = {name: CLEANERS[name](field, value) for name, value in changes.items()}
    if "name" in wanted:
        _check_name(others.exclude(pk=field.pk), str(wanted["name"]))
    return _save(actor, field, set_fields(field, wanted))


@transaction.atomic
def order_custom_fields(*, actor: Actor, organization: Organization, subject: str, order: Sequence[UUID]) -> None:
    """Show the fields in this order; those that it does not name follow as they were."""
    require(actor, Permission.EDIT_PIPELINES, organization.pk)
    _lock_organization(organization.pk)
    places = {field_id: place for place, field_id in enumerate(order)}
    fields = list(CustomField.objects.filter(organization=organization, subject=subject))
    fields.sort(key=lambda field: places.get(field.pk, len(places)))
    for position, field in enumerate(fields, 1):
        _save(actor, field, set_fields(field, {"position": position}))


@transaction.atomic
def remove_custom_field(*, actor: Actor, field: CustomField) -> None:
    """Show a field no more. Its values stay in the rows, and come back with `restore_custom_field`."""
    require(actor, Permission.EDIT_PIPELINES, field.organization_id)
    _lock_organization(field.organization_id)
    row = CustomField.objects.filter(pk=field.pk).first()
    if row is not None:
        _announce(Verb.CUSTOM_FIELD_REMOVED, actor, row)
        row.delete()


@transaction.atomic
def restore_custom_field(*, actor: Actor, organization: Organization, field_id: UUID) -> CustomField:
    """Bring back a removed field, and with it the values that its rows kept.

    Raises NothingToRestore, and CustomFieldTaken or TooManyFields for what was added since.
    """
    require(actor, Permission.EDIT_PIPELINES, organization.pk)
    _lock_organization(organization.pk)
    there = CustomField.objects.filter(pk=field_id, organization=organization).first()
    if there:
        return there
    removals = Event.objects.filter(organization_id=organization.pk, verb=Verb.CUSTOM_FIELD_REMOVED)
    removal = removals.filter(subject_id=field_id).order_by("-pk").first()
    if removal is None:
        raise NothingToRestore()
    field = CustomField(pk=field_id, organization=organization, **{name: removal.data[name] for name in DESCRIBED})
    _check_room(list(CustomField.objects.filter(organization=organization, subject=field.subject)), field.name)
    field.save(force_insert=True)
    _announce(Verb.CUSTOM_FIELD_ADDED, actor, field)
    return field


def _lock(actor: Actor, field: CustomField) -> CustomField:
    require(actor, Permission.EDIT_PIPELINES, field.organization_id)
    _lock_organization(field.organization_id)
    return CustomField.objects.get(pk=field.pk)


def _lock_organization(organization_id: UUID) -> None:
    """One at a time: names, keys and places of fields are given out here."""
    Organization.objects.select_for_update(no_key=True).get(pk=organization_id)


def _check_room(there: Sequence[CustomField], name: str) -> None:
    if len(there) >= MOST_FIELDS:
        raise TooManyFields(f"At most {MOST_FIELDS} fields. Remove one first.", field="name")
    _check_name(there, name)


def _check_name(others: Iterable[CustomField], name: str) -> None:
    if any(one.name.casefold() == name.casefold() for one in others):
        raise CustomFieldTaken(field="name")


def _used_keys(organization_id: UUID, there: Sequence[CustomField]) -> set[str]:
    """Keys of fields that are there or ever were: rows may still hold values under them."""
    removed = Event.objects.filter(organization_id=organization_id, verb=Verb.CUSTOM_FIELD_REMOVED)
    return {one.key for one in there} | set(removed.values_list("data__key", flat=True))


def _clean_choices(kind: str, choices: Iterable[str]) -> list[str]:
    if kind != CustomField.Kind.CHOICE:
        return []
    once: dict[str, str] = {}
    for choice in choices:
        named = clean_name(choice, field="choices", most=80, required=False)
        once.setdefault(named.casefold(), named)
    clean = [choice for choice in once.values() if choice]
    if not clean:
        raise BadChoices("A choice needs at least one thing to choose.", field="choices")
    if len(clean) > MOST_CHOICES:
        raise BadChoices(f"At most {MOST_CHOICES} choices, these are {len(clean)}.", field="choices")
    return clean


def _save(actor: Actor, field: CustomField, change: Change) -> CustomField:
    if change:
        field.save(update_fields=[*change.values, "updated_at"])
        _announce(Verb.CUSTOM_FIELD_CHANGED, actor, field, change)
    return field


def _announce(verb: Verb, actor: Actor, field: CustomField, change: Change | None = None) -> None:
    announce(
        verb,
        actor=actor,
        subject=field,
        organization_id=field.organization_id,
        changes=change.values if change else {},
        data={name: getattr(field, name) for name in DESCRIBED},
    )


def _choices(field: CustomField, value: object) -> list[str]:
    if not isinstance(value, (list, tuple)):
        raise BadChoices("Choices come as a list.", field="choices")
    return _clean_choices(field.kind, [str(one) for one in value])


CLEANERS: dict[str, Callable[[CustomField, object], object]] = {
    "name": lambda field, value: clean_name(str(value), most=80),
    "choices": _choices,
}
