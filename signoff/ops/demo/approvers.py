"""Who decides the FORMAL stages of the demo, and what some of them have said already."""

from collections.abc import Mapping
from uuid import UUID

from signoff.accounts.actors import actor_of_member
from signoff.accounts.models import Membership, User
from signoff.deliverables.models import Stage, StageStatus
from signoff.pipelines.models import ApprovalType
from signoff.projects.models import Project
from signoff.reviews.actions import GroupDraft, Saying, decide
from signoff.reviews.models import Panel, Rule
from signoff.reviews.open_notes import must_fix_for
from signoff.reviews.panels import rewrite, set_deciders
from signoff.revisions.models import Revision

# client team -> (group, rule, its people); the second one named has approved what is in review.
PANELS: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {
    "Kolibri Drinks": [("Brand", Rule.ALL, ("sofie", "clara")), ("Legal", Rule.ANY, ("daniel",))],
    "Ardent Running": [("Marketing", Rule.ALL, ("pilar",)), ("Studio", Rule.ANY, ("helen", "ida"))],
    "Maren Skincare": [("Regulatory", Rule.ALL, ("maya", "helen"))],
}
STATEMENTS = {
    "Film": "I have seen the whole film with sound, and it may be shown as it is.",
    "Packaging": "I have checked claims, ingredients and languages against the register.",
}
REMIND_DAYS = 2


def name_approvers(projects: Mapping[str, Project], users: Mapping[str, User]) -> None:
    """A panel for every formal stage that is not approved; as rows, so that the diaries keep their weeks."""
    formal = Stage.objects.filter(deliverable__project__in=projects.values(), approval_type=ApprovalType.FORMAL)
    still = formal.exclude(status=StageStatus.APPROVED)
    for stage in still.select_related("deliverable__project__client_team"):
        team = stage.deliverable.project.client_team
        plan = PANELS.get(team.name if team else "", [])
        groups = [GroupDraft(name, tuple(users[who].pk for who in people), rule) for name, rule, people in plan]
        if groups:
            statement = STATEMENTS.get(stage.deliverable.kind, "")
            rewrite(Panel.objects.create(stage=stage, statement=statement, remind_days=REMIND_DAYS), groups)
            set_deciders(stage, groups, is_serial=False)


def decide_one(deliverable_id: UUID) -> None:
    """One of the approvers approves what is in review, once its files are there and its round is shown."""
    stages = Stage.objects.filter(
        deliverable=deliverable_id, approval_type=ApprovalType.FORMAL, status=StageStatus.IN_REVIEW
    )
    stage = stages.select_related("deliverable__project__organization", "definition").first()
    if stage is None or len(stage.deciders) < 2:
        return
    row = stage.deliverable
    is_shown = row.round in row.released_rounds and Revision.objects.filter(deliverable=row, round=row.round).exists()
    members = Membership.objects.filter(organization=row.project.organization, user=stage.deciders[1])
    member = members.select_related("user", "organization").first()
    if is_shown and member and not row.held and not row.project.is_archived:
        actor = actor_of_member(member)
        is_open = bool(must_fix_for(actor, row))
        saying = (
            Saying("approve_with_changes", "Good to go with the marked notes in.") if is_open else Saying("approve")
        )
        decide(actor=actor, stage=stage, saying=saying)
