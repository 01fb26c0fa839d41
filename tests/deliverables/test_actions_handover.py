import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from signoff.accounts.errors import LastAdmin, NotYourself
from signoff.accounts.models import Membership, Role
from signoff.audit.models import Event
from signoff.core.errors import NotAllowed
from signoff.deliverables.actions import change_deliverable, hand_over, undo_act
from signoff.deliverables.errors import CannotTakeOver
from signoff.deliverables.holding import Kind, holdings, takers_of
from signoff.deliverables.models import Deliverable, Stage
from signoff.notifications.models import Notification
from signoff.projects.models import Project
from tests import factories
from tests.together import at_once


def member(cast, who):
    return Membership.objects.select_related("user").get(user=cast.people[who], organization=cast.organization)


@pytest.fixture
def held(cast, first_light, key_visual):
    """Pat owns the project, has the deliverable, its design and its internal review; mia its client approval."""
    key_visual.assignee = cast.pat
    key_visual.save()
    Stage.objects.exclude(definition__name="Client approval").update(assignee=cast.pat)
    Stage.objects.filter(definition__name="Client approval").update(assignee=cast.mia)
    return key_visual


def who_has(row):
    stages = list(Stage.objects.filter(deliverable=row).order_by("position").values_list("assignee__name", flat=True))
    row = Deliverable.objects.select_related("assignee", "project__owner").get(pk=row.pk)
    return [str(row.project.owner or ""), str(row.assignee or ""), *stages]


PATS = ["Pat Producer", "Pat Producer", "Pat Producer", "Pat Producer", "Mia Client"]


def test_each_kind_goes_to_somebody_who_does_it_and_comes_back_as_one(cast, held):
    to = {
        Kind.WORK: member(cast, "art"),
        Kind.APPROVALS: member(cast, "rev"),
        Kind.DELIVERABLES: member(cast, "art"),
        Kind.PROJECTS: member(cast, "ada"),
    }
    done = hand_over(actor=cast.actor("ada"), membership=member(cast, "pat"), to=to)

    assert (done.counts, done.total) == (dict.fromkeys(Kind, 1), 4)
    assert who_has(held) == ["Ada Admin", "Art Maker", "Art Maker", "Rev Reviewer", "Mia Client"]
    assert sorted(Event.objects.filter(act=done.act).values_list("verb", flat=True)) == [
        "deliverable.changed",
        "person.work_handed_over",
        "project.changed",
        "stage.assigned",
        "stage.assigned",
    ]
    told = Notification.objects.values_list("recipient__name", "event__verb", "reason")
    assert sorted(told) == [
        ("Art Maker", "deliverable.changed", "assigned"),
        ("Art Maker", "stage.assigned", "assigned"),
        ("Rev Reviewer", "stage.assigned", "assigned"),
    ]  # ada did it herself

    undone = undo_act(actor=cast.actor("ada"), act=done.act)
    assert (undone.undone, undone.kept, who_has(held)) == (4, [], PATS)


def test_what_is_not_named_stays_and_what_is_over_too(cast, held):
    design = factories.stage(held, "Design")
    Stage.objects.filter(pk=design.pk).update(status="approved", approved_at="2026-11-01T00:00Z")
    done = hand_over(actor=cast.actor("ada"), membership=member(cast, "pat"), to={Kind.WORK: member(cast, "art")})
    assert (done.counts, who_has(held), Event.objects.count()) == ({Kind.WORK: 0}, PATS, 0)
    Project.objects.update(archived_on="2026-11-01")
    assert holdings(member(cast, "pat")) == []


def test_what_changed_since_is_left_alone_and_named(cast, held):
    to = dict.fromkeys((Kind.DELIVERABLES, Kind.PROJECTS), member(cast, "ada"))
    done = hand_over(actor=cast.actor("ada"), membership=member(cast, "pat"), to=to)
    change_deliverable(actor=cast.actor("ada"), deliverable=held, changes={"assignee": cast.rev})
    undone = undo_act(actor=cast.actor("ada"), act=done.act)
    assert (undone.undone, undone.kept) == (1, ["Key visual"])
    assert who_has(held)[:2] == ["Pat Producer", "Rev Reviewer"]


def test_versions_go_up_so_that_two_editors_notice(cast, held):
    before = (held.version, factories.stage(held, "Design").version)
    to = dict.fromkeys((Kind.DELIVERABLES, Kind.WORK), member(cast, "art"))
    done = hand_over(actor=cast.actor("ada"), membership=member(cast, "pat"), to=to)
    after = (Deliverable.objects.get().version, factories.stage(held, "Design").version)
    undo_act(actor=cast.actor("ada"), act=done.act)
    again = (Deliverable.objects.get().version, factories.stage(held, "Design").version)
    assert [one - two for one, two in zip(after, before, strict=True)] == [1, 1]
    assert [one - two for one, two in zip(again, before, strict=True)] == [2, 2]


def names(members):
    return sorted(one.user.name for one in members)


def test_who_can_take_what_is_told_by_their_role(cast, held):
    factories.member(cast.organization, "Kim Client", Role.CLIENT_VIEWER, teams=[cast.kolibri])
    Membership.objects.filter(user=cast.rev).update(is_active=False)
    found = {kind: names(takers) for kind, takers in takers_of(member(cast, "pat")).items()}
    assert found == {
        Kind.WORK: ["Ada Admin", "Art Maker"],
        Kind.APPROVALS: ["Ada Admin"],
        Kind.DELIVERABLES: ["Ada Admin", "Art Maker"],
        Kind.PROJECTS: ["Ada Admin"],
    }


def test_a_clients_approvals_go_to_people_of_the_same_teams_or_to_the_house(cast, held):
    kim = factories.member(cast.organization, "Kim Client", Role.CLIENT_VIEWER, teams=[cast.kolibri])
    mia = member(cast, "mia")
    assert names(takers_of(mia)[Kind.APPROVALS]) == ["Ada Admin", "Kim Client", "Pat Producer", "Rev Reviewer"]

    mia.client_teams.add(cast.norra)  # and what waits for her there, Kim would not see
    norras = factories.deliverable(factories.project(cast.organization, "Rails", client_team=cast.norra))
    Stage.objects.filter(deliverable=norras, definition__name="Client approval").update(assignee=cast.mia)
    assert names(takers_of(mia)[Kind.APPROVALS]) == ["Ada Admin", "Pat Producer", "Rev Reviewer"]
    with pytest.raises(CannotTakeOver):
        hand_over(actor=cast.actor("ada"), membership=mia, to={Kind.APPROVALS: Membership.objects.get(user=kim)})


@pytest.mark.parametrize(("kind", "who"), [("work", "rev"), ("approvals", "art"), ("projects", "art"), ("work", "pat")])
def test_who_cannot_do_it_is_refused(cast, held, kind, who):
    with pytest.raises(CannotTakeOver):
        hand_over(actor=cast.actor("ada"), membership=member(cast, "pat"), to={Kind(kind): member(cast, who)})
    assert who_has(held) == PATS


def test_nothing_goes_to_another_house(cast, held):
    strange = Membership.objects.get(user=cast.stranger)
    with pytest.raises(CannotTakeOver):
        hand_over(actor=cast.actor("ada"), membership=member(cast, "pat"), to={Kind.WORK: strange})
    with pytest.raises(NotAllowed):
        hand_over(actor=cast.actor("stranger"), membership=member(cast, "pat"), to={})


@pytest.mark.parametrize("who", ["pat", "art", "rev", "mia"])
def test_only_who_manages_people_may(cast, held, who):
    with pytest.raises(NotAllowed):
        hand_over(actor=cast.actor(who), membership=member(cast, "pat"), to={Kind.WORK: member(cast, "art")})


def test_what_they_hold_elsewhere_stays(cast, held):
    Membership.objects.create(user=cast.pat, organization=cast.elsewhere, role=Role.PRODUCER)
    other = factories.project(cast.elsewhere, "Theirs", owner=cast.pat)
    hand_over(actor=cast.actor("ada"), membership=member(cast, "pat"), to={Kind.PROJECTS: member(cast, "ada")})
    other.refresh_from_db()
    assert other.owner == cast.pat


def test_access_ends_in_the_same_moment(cast, held):
    done = hand_over(
        actor=cast.actor("ada"), membership=member(cast, "pat"), to={Kind.WORK: member(cast, "art")}, is_closing=True
    )
    closed = Event.objects.get(act=done.act, verb="member.changed")
    assert (member(cast, "pat").is_active, closed.changes) == (False, {"is_active": [True, False]})
    with pytest.raises(NotYourself):
        hand_over(actor=cast.actor("ada"), membership=member(cast, "ada"), to={}, is_closing=True)
    with pytest.raises(LastAdmin):
        factories.member(cast.organization, "Ann Admin", Role.ADMIN)
        Membership.objects.filter(user=cast.ada).update(is_active=False)
        ann = Membership.objects.get(user__name="Ann Admin")
        hand_over(actor=cast.actor("ada"), membership=ann, to={Kind.WORK: member(cast, "art")}, is_closing=True)


def count(act):
    with CaptureQueriesContext(connection) as captured:
        act()
    return len([one for one in captured if "SAVEPOINT" not in one["sql"]])


def many(cast, project, number):
    rows = [factories.deliverable(project, f"Banner {project.pk} {n}") for n in range(number)]
    Deliverable.objects.filter(pk__in=[row.pk for row in rows]).update(assignee=cast.pat)
    Stage.objects.filter(deliverable__in=rows).update(assignee=cast.pat)


def test_many_rows_are_as_many_statements_as_few(cast, first_light):
    """Both ways; below that from which COPY writes the events."""
    ada, pat, counts = cast.actor("ada"), member(cast, "pat"), []
    to = {Kind.WORK: member(cast, "art"), Kind.APPROVALS: member(cast, "rev"), Kind.DELIVERABLES: member(cast, "art")}
    for number in (1, 40):
        many(cast, first_light, number)
        done = []
        counts.append(count(lambda done=done: done.append(hand_over(actor=ada, membership=pat, to=to))))
        counts.append(count(lambda done=done: undo_act(actor=ada, act=done[0].act)))
        Stage.objects.all().delete()
        Deliverable.objects.all().delete()
    assert counts[:2] == counts[2:]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_hand_it_over_once(cast, held):
    ada, pat, to = cast.actor("ada"), member(cast, "pat"), {Kind.WORK: member(cast, "art")}
    assert at_once(*[lambda: hand_over(actor=ada, membership=pat, to=to)] * 2) == ["done", "done"]
    assert Event.objects.filter(verb="stage.assigned").count() == 1
    assert factories.stage(held, "Design").assignee == cast.art
