"""What people do with their organisation: its name, colours and words, and how people get in."""

from collections.abc import Callable, Iterable, Mapping

from django.db import transaction

from signoff.accounts.access_rules import clean_access
from signoff.accounts.branding import clean_branding, logo_in_words
from signoff.accounts.domains import check_time_zone, clean_domains
from signoff.accounts.errors import NobodyCouldJoin, NotBySso
from signoff.accounts.models import Organization
from signoff.accounts.policy import Permission, require
from signoff.accounts.vocabulary import clean_words
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.changes import Change, set_fields
from signoff.core.errors import Invalid
from signoff.core.text import clean_name, free_slug, slug_of


@transaction.atomic
def add_organization(*, actor: Actor, name: str, domains: Iterable[str] = (), time_zone: str = "UTC") -> Organization:
    """Found a studio. Only an operator may: nobody is a member of what is not there yet.

    Raises BadText, BadDomain or NoSuchTimeZone.
    """
    name = clean_name(name)
    organization = Organization(name=name, domains=clean_domains(domains), time_zone=check_time_zone(time_zone))
    require(actor, Permission.MANAGE_ORGANIZATION, organization.pk)
    taken = Organization.objects.filter(slug__startswith=slug_of(name) or "studio")
    organization.slug = free_slug(slug_of(name), set(taken.values_list("slug", flat=True)), fallback="studio")
    organization.save(force_insert=True)
    record(Happening(Verb.ORGANIZATION_ADDED, organization), actor=actor, organization_id=organization.pk)
    return organization


@transaction.atomic
def change_organization(*, actor: Actor, organization: Organization, changes: Mapping[str, object]) -> Organization:
    """Change `name`, `domains` (a list) or `time_zone`. Raises BadText, BadDomain or NoSuchTimeZone."""
    organization = _lock(actor, organization)
    wanted = {name: CLEANERS[name](value) for name, value in changes.items()}
    return _save(actor, organization, set_fields(organization, wanted))


@transaction.atomic
def change_branding(*, actor: Actor, organization: Organization, changes: Mapping[str, object]) -> Organization:
    """Change `product`, `accent`, `sidebar` (text) or `logo` (bytes of a PNG or JPEG); empty goes back to Signoff's.

    Raises BadText, BadColour or BadLogo.
    """
    organization = _lock(actor, organization)
    old = organization.branding
    change = set_fields(organization, {"branding": clean_branding(old, changes)})
    if change:
        change.values["branding"] = (_without_picture(old), _without_picture(organization.branding))
    return _save(actor, organization, change)


@transaction.atomic
def change_vocabulary(*, actor: Actor, organization: Organization, words: Mapping[str, str]) -> Organization:
    """Say what the house calls its things; an empty word goes back to Signoff's. Raises NoSuchWord or BadText."""
    organization = _lock(actor, organization)
    change = set_fields(organization, {"vocabulary": clean_words(organization.vocabulary, words)})
    return _save(actor, organization, change)


@transaction.atomic
def change_access(
    *, actor: Actor, organization: Organization, changes: Mapping[str, object], came_by_sso: bool = False
) -> Organization:
    """Change how people get in: `second_factor_roles`, `only_sso`, `joins_by_sso`, `joins_as`, `sso_rules`,
    and whether clients read people's names (`hides_names`).

    Raises what `clean_access` raises; NotBySso when passwords are to be shut by somebody who did not come by
    single sign-on (`came_by_sso`), because then nobody has seen it work; NobodyCouldJoin without a mail domain.
    """
    organization = _lock(actor, organization)
    change = set_fields(organization, clean_access(organization, changes))
    if "only_sso" in change.values and organization.only_sso and not came_by_sso:
        raise NotBySso(field="only_sso")
    if "joins_by_sso" in change.values and organization.joins_by_sso and not organization.domains:
        raise NobodyCouldJoin(field="joins_by_sso")
    return _save(actor, organization, change)


def _lock(actor: Actor, organization: Organization) -> Organization:
    require(actor, Permission.MANAGE_ORGANIZATION, organization.pk)
    return Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)


def _save(actor: Actor, organization: Organization, change: Change) -> Organization:
    if change:
        organization.save(update_fields=[*change.values, "updated_at"])
        happening = Happening(Verb.ORGANIZATION_CHANGED, organization, changes=change.values)
        record(happening, actor=actor, organization_id=organization.pk)
    return organization


def _without_picture(branding: Mapping[str, str]) -> dict[str, str]:
    return {name: logo_in_words(value) if name == "logo" else value for name, value in branding.items()}


def _domains(value: object) -> list[str]:
    if not isinstance(value, (list, tuple)):
        raise Invalid("Domains come as a list.", field="domains")
    return clean_domains(str(one) for one in value)


CLEANERS: dict[str, Callable[[object], object]] = {
    "name": lambda value: clean_name(str(value)),
    "domains": _domains,
    "time_zone": lambda value: check_time_zone(str(value)),
}
