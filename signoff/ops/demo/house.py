"""Founding one of the demo's houses: the organisation, its people, pipelines, fields."""

from datetime import timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password

from signoff.accounts.models import ClientTeam, Membership, Organization, Role, User
from signoff.core.actor import Actor, ActorKind
from signoff.core.text import slug_of
from signoff.ops.demo.clock import Clock
from signoff.ops.demo.house_rules import CUSTOM_FIELDS, DEFAULT_PIPELINES, PIPELINES_OF, SPARE_STAGES
from signoff.ops.demo.people import FIELDHOUSE, PASSWORD, HousePlan, PersonPlan
from signoff.ops.demo.story import Crew
from signoff.pipelines.models import ApprovalType, PipelineTemplate, StageDefinition, StageTemplate
from signoff.projects.models import CustomField

WITH_CLIENT = "client"


def found_organization(plan: HousePlan) -> Organization:
    return Organization.objects.create(
        name=plan.name,
        slug=plan.slug,
        domains=[plan.domain],
        time_zone="Europe/Oslo",
        vocabulary={"job_number": plan.job_number},
        branding={"accent": plan.accent},
    )


def found_teams(plan: HousePlan, organization: Organization) -> dict[str, ClientTeam]:
    return {
        key: ClientTeam.objects.create(organization=organization, name=name, colour=colour)
        for key, (name, colour) in plan.teams.items()
    }


def hire(plan: HousePlan, organization: Organization, teams: dict[str, ClientTeam], clock: Clock) -> Crew:
    """The people of a house and what they are there; who works for two houses is one user."""
    password = make_password(PASSWORD)  # once: it is slow on purpose, and all share it
    users = {person.key: _user(person, password, clock, number) for number, person in enumerate(plan.people)}
    for person in plan.people:
        membership = Membership.objects.create(user=users[person.key], organization=organization, role=person.role)
        if person.team:
            membership.client_teams.add(teams[person.team])
    actors = {person.key: _actor(person, users[person.key], organization, teams) for person in plan.people}
    return Crew(users, actors)


def found_pipelines(plan: HousePlan, organization: Organization, crew: Crew) -> dict[str, PipelineTemplate]:
    """The stage library and the pipelines made of it."""
    definitions: dict[str, StageDefinition] = {}
    pipelines = {}
    for name, steps in PIPELINES_OF[plan.slug].items():
        pipelines[name] = PipelineTemplate.objects.create(
            organization=organization, name=name, is_default=name in DEFAULT_PIPELINES
        )
        for position, (stage, approval, whose, days) in enumerate(steps, 1):
            if stage not in definitions:
                definitions[stage] = _definition(organization, stage, approval, whose == WITH_CLIENT)
            StageTemplate.objects.create(
                pipeline=pipelines[name],
                definition=definitions[stage],
                position=position,
                approval_type=approval,
                assignee=crew.users.get(whose),
                days=days,
            )
    if plan is FIELDHOUSE:
        for stage, approval in SPARE_STAGES:
            _definition(organization, stage, approval, False)
    return pipelines


def found_custom_fields(organization: Organization) -> list[CustomField]:
    fields = [
        CustomField(
            organization=organization,
            subject=subject,
            key=slug_of(name),
            name=name,
            kind=kind,
            choices=choices,
            position=position,
        )
        for position, (subject, name, kind, choices) in enumerate(CUSTOM_FIELDS, 1)
    ]
    return CustomField.objects.bulk_create(fields)


def _user(person: PersonPlan, password: str, clock: Clock, number: int) -> User:
    """The person's row. Avatars take their colour from the id's last byte, so it is chosen here."""
    there = User.objects.filter(email=person.email).first()
    if there:
        return there
    joined = clock.now - timedelta(days=400 - number)
    id_ = UUID(hex=clock.id_at(joined, number).hex[:-2] + f"{person.hue - 1:02x}")
    return User.objects.create(
        id=id_,
        email=person.email,
        name=person.name,
        password="!" if person.is_service else password,
        is_service=person.is_service,
        must_change_password=person.is_new,
    )


def _actor(person: PersonPlan, user: User, organization: Organization, teams: dict[str, ClientTeam]) -> Actor:
    is_client = person.role == Role.CLIENT_VIEWER
    return Actor(
        kind=ActorKind.API_KEY if person.is_service else ActorKind.USER,
        label=person.name,
        organization_id=organization.pk,
        user_id=user.pk,
        role=person.role,
        team_ids=(teams[person.team].pk,) if is_client else (),
    )


def _definition(organization: Organization, name: str, approval: ApprovalType, is_with_client: bool) -> StageDefinition:
    return StageDefinition.objects.create(
        organization=organization, name=name, approval_type=approval, is_with_client=is_with_client
    )
