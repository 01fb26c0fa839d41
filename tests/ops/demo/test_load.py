from collections import Counter, defaultdict
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.utils.timezone import localdate, now

from signoff.accounts.actors import actor_of_member
from signoff.accounts.models import ApiKey, ClientTeam, Membership, Organization, SavedView, User
from signoff.audit.models import Event
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.deliverables.actions import change_stage
from signoff.deliverables.models import Deliverable, Stage
from signoff.deliverables.progress import status_of
from signoff.notifications.models import Notification
from signoff.ops.demo.load import load_demo_studio
from signoff.ops.demo.people import DEMO_PEOPLE
from signoff.pipelines.models import PipelineTemplate, StageTemplate
from signoff.projects.models import CustomField, Project
from signoff.reviews.actions import approve_stage
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
ALL = (Organization, User, Project, Deliverable, Stage, Event, Notification, SavedView, CustomField)


def fieldhouse() -> Organization:
    return Organization.objects.get(slug="fieldhouse-studio")


def actor(first_name: str) -> Actor:
    here = Membership.objects.select_related("user").filter(user__name__startswith=first_name)
    return actor_of_member(here.order_by("id")[0])


def stage_of(project: str, deliverable: str, stage: str) -> Stage:
    row = Deliverable.objects.get(project__job_number=project, name=deliverable)
    return factories.stage(row, stage)


def test_fieldhouse_has_people_in_every_role():
    roles = Membership.objects.filter(organization=fieldhouse()).values_list("role", flat=True)
    assert Counter(roles) == {
        "admin": 1,
        "producer": 1,
        "maker": 6,
        "reviewer": 1,
        "client_viewer": 6,
        "integration": 1,
    }
    assert set(ClientTeam.objects.filter(organization=fieldhouse()).values_list("name", "colour")) == {
        ("Kolibri Drinks", "#d9486a"),
        ("Ardent Running", "#8aa800"),
        ("Maren Skincare", "#a8744a"),
        ("Norra Rail", "#3a6bc9"),
    }


def test_fieldhouse_has_work_in_every_state():
    here = Deliverable.objects.filter(project__organization=fieldhouse())
    assert Counter(here.values_list("status", flat=True)) == {
        "not_started": 20,
        "in_progress": 38,
        "in_review": 31,
        "changes_requested": 11,
        "approved": 11,
        "delivered": 23,
        "on_hold": 3,
        "cancelled": 3,
    }
    projects = Project.objects.filter(organization=fieldhouse())
    assert Counter((p.status, p.is_archived) for p in projects) == {
        ("active", False): 11,
        ("draft", False): 1,
        ("on_hold", False): 1,
        ("completed", False): 1,
        ("completed", True): 1,
    }


def test_some_work_is_late_some_due_today_and_some_rounds_are_chargeable():
    here = Deliverable.objects.filter(project__organization=fieldhouse())
    today = localdate()
    assert here.late(today).count() == 7
    assert here.open().filter(due_on=today).count() == 4
    assert here.open().filter(due_on__gt=today, due_on__lte=today + timedelta(days=7)).count() == 51
    assert len([row for row in here if row.is_over_allowance]) == 6


def test_pipelines_mix_the_approval_types():
    used = StageTemplate.objects.filter(pipeline__organization=fieldhouse())
    assert Counter(used.values_list("approval_type", flat=True)) == {"none": 8, "simple": 10, "formal": 2}
    defaults = PipelineTemplate.objects.filter(is_default=True)
    assert set(defaults.values_list("organization__slug", "name")) == {
        ("fieldhouse-studio", "Campaign"),
        ("northlight-post", "Post"),
    }


def test_custom_fields_are_of_every_kind_and_hold_values():
    fields = CustomField.objects.filter(organization=fieldhouse())
    assert set(fields.values_list("kind", flat=True)) == set(CustomField.Kind.values)
    film = Project.objects.get(job_number="20440")
    owner = film.owner
    assert owner is not None
    assert film.custom == {
        "account-lead": str(owner.pk),
        "budget-eur": 88000,
        "po-number": "KD-7790",
        "media": "Online",
        "rush": True,
    }


def test_statuses_are_those_that_the_stages_give():
    rows = Deliverable.objects.prefetch_related("stages")
    kept = {row.pk: row.status for row in rows}
    derived = {
        row.pk: status_of([s.status for s in row.stages.all()], row.held, row.delivered_at is not None) for row in rows
    }
    assert derived == kept


def test_nothing_was_approved_formally_because_nobody_can_yet():
    assert not Stage.objects.filter(approval_type="formal", status="approved").exists()
    waiting = Stage.objects.filter(approval_type="formal", status="in_review")
    assert set(waiting.values_list("definition__name", "definition__is_with_client")) == {
        ("Client approval", True),
        ("Regulatory approval", True),
    }


def test_the_events_of_a_stage_lead_without_a_gap_to_where_it_stands():
    told = defaultdict(list)
    for event in Event.objects.filter(subject_kind="stage", changes__has_key="status").order_by("id"):
        told[event.subject_id].append((*event.changes["status"], event.created_at))
    for stage in Stage.objects.all():
        moves = told[stage.pk]
        if not moves:
            assert stage.status == "not_started"
            continue
        assert moves[0][0] == "not_started"
        assert [old for old, _, _ in moves[1:]] == [new for _, new, _ in moves[:-1]]
        assert (moves[-1][1], moves[-1][2]) == (stage.status, stage.status_since)
        assert stage.approved_at == (stage.status_since if stage.status == "approved" else None)


def test_events_lie_in_the_past_in_the_order_of_their_ids():
    for organization in Organization.objects.all():
        times = list(
            Event.objects.filter(organization_id=organization.pk).order_by("id").values_list("created_at", flat=True)
        )
        assert times == sorted(times)
        assert now() - timedelta(days=45) < times[0] < times[-1] <= now()


def test_a_second_load_changes_nothing():
    before = [model.objects.count() for model in ALL]
    assert load_demo_studio() is False
    assert [model.objects.count() for model in ALL] == before


def test_everyone_named_can_sign_in_and_only_the_new_colleague_must_choose_a_password():
    for _, name, email, password in DEMO_PEOPLE:
        assert str(authenticate(username=email, password=password)) == name
    new = User.objects.filter(must_change_password=True)
    assert list(new.values_list("email", flat=True)) == ["new.colleague@fieldhouse.example"]
    assert not ApiKey.objects.exists()


def test_everyone_who_works_has_something_unread():
    unread = Notification.objects.unread().values_list("recipient__name", flat=True)
    people = Membership.objects.filter(organization=fieldhouse()).people().values_list("user__name", flat=True)
    assert set(unread) == set(people)


def test_nobody_was_told_of_what_they_did_themselves_or_cannot_see():
    for row in Notification.objects.select_related("event", "recipient"):
        assert row.event.actor_user_id != row.recipient_id
    for membership in Membership.objects.select_related("user", "organization"):
        seen = set(Project.objects.visible_to(actor_of_member(membership)).values_list("pk", flat=True))
        inbox = Notification.objects.visible_to(actor_of_member(membership))
        assert set(inbox.values_list("event__project_id", flat=True)) <= seen


def test_clients_and_the_other_studio_see_only_their_own():
    def seen(name: str) -> set[str]:
        return set(Project.objects.visible_to(actor(name)).values_list("job_number", flat=True))

    assert seen("Sofie") == {"20418", "20433", "20440"}
    assert seen("Anders") == {"20495", "20499", "20402", "20377"}
    assert seen("Sam") == {"NP-0031"}
    assert len(seen("Helen")) == 15


def test_three_people_take_a_deliverable_to_approved():
    retouch = stage_of("20418", "Bus stop, yuzu", "Retouch")
    change_stage(actor=actor("Mei"), stage=retouch, changes={"status": "approved"})
    internal = stage_of("20418", "Bus stop, yuzu", "Internal review")
    change_stage(actor=actor("Mei"), stage=internal, changes={"status": "in_review"})
    approve_stage(actor=actor("Helen"), stage=internal)
    client = stage_of("20418", "Bus stop, yuzu", "Client approval")
    change_stage(actor=actor("Mei"), stage=client, changes={"status": "in_review"})
    approve_stage(actor=actor("Sofie"), stage=client)
    assert Deliverable.objects.get(name="Bus stop, yuzu").status == "approved"


def test_the_demos_events_have_the_shape_that_actions_give_them():
    def shape(event: Event) -> tuple[str, set[str], set[str], str]:
        return event.verb, set(event.changes), set(event.data) - {"note"}, event.actor_kind

    for verb, stage, act in (
        (Verb.STAGE_APPROVED, stage_of("20418", "Trio, shelf", "Retouch"), "finish"),
        (Verb.STAGE_APPROVED, stage_of("20418", "Story, peach", "Client approval"), "approve"),
    ):
        others = Event.objects.filter(verb=verb, subject_label__endswith=str(stage.definition))
        made = others.filter(data__has_key="deliverable_status") if act == "approve" else others
        wanted = {frozenset({str(s)}) for s in map(shape, made)}
        if act == "finish":
            change_stage(actor=actor("Mei"), stage=stage, changes={"status": "approved"})
        else:
            approve_stage(actor=actor("Clara"), stage=stage)
        real = Event.objects.filter(subject_id=stage.pk).order_by("-id")[0]
        assert frozenset({str(shape(real))}) in wanted
