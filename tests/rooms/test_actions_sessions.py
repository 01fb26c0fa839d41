from dataclasses import replace

import pytest

from signoff.accounts.errors import LookingAsSomebodyElse
from signoff.audit.models import Event
from signoff.core.changes import ChangedMeanwhile
from signoff.core.errors import NotAllowed, NotFound
from signoff.rooms.actions import (
    SessionDraft,
    add_session,
    change_session,
    conclude_session,
    open_session,
    remove_session,
)
from signoff.rooms.errors import OtherClient, SessionConcluded, SessionNotPlanned
from signoff.rooms.models import ReviewSession
from tests import factories
from tests.rooms.conftest import fresh, names_of


def seen_by(cast, *who):
    return {name: [row.name for row in ReviewSession.objects.visible_to(cast.actor(name))] for name in who}


def test_a_session_is_planned_with_its_agenda_and_its_host(cast, weekly):
    assert (weekly.status, weekly.owner, names_of(weekly)) == ("planned", cast.pat, ["Key visual", "Banner"])
    assert list(weekly.attendances.values_list("user", "role", "is_invited")) == [(cast.pat.pk, "host", True)]
    assert Event.objects.latest("pk").verb == "session.added"


def test_makers_and_clients_plan_none(cast):
    for who in ("art", "mia"):
        with pytest.raises(NotAllowed):
            draft = SessionDraft(name="Mine")
            add_session(actor=cast.actor(who), organization=cast.organization, draft=draft)

    assert ReviewSession.objects.count() == 0


def test_another_house_plans_none_here_and_sees_none(cast, weekly):
    with pytest.raises(NotAllowed):
        add_session(actor=cast.actor("stranger"), organization=cast.organization, draft=SessionDraft(name="Mine"))

    assert seen_by(cast, "stranger", "pat") == {"stranger": [], "pat": ["Kolibri weekly"]}


def test_another_houses_deliverable_is_not_found(cast, plan):
    theirs = factories.deliverable(factories.project(cast.elsewhere), "Secret")
    with pytest.raises(NotFound):
        plan(deliverables=[theirs])


def test_clients_see_a_session_for_them_with_work_of_theirs(cast, weekly):
    assert seen_by(cast, "mia", "nils", "art") == {
        "mia": ["Kolibri weekly"],
        "nils": [],
        "art": ["Kolibri weekly"],
    }


def test_clients_do_not_see_an_internal_session(cast, plan):
    plan(audience="internal")

    assert seen_by(cast, "mia", "art") == {"mia": [], "art": ["Kolibri weekly"]}


def test_clients_see_the_items_whose_round_they_see(cast, first_light, plan):
    hidden = factories.deliverable(first_light, "Film")
    factories.revision(hidden)
    session = plan()
    session = plan(name="Second", deliverables=[*[one.deliverable for one in session.items.all()], hidden])

    shown = [item.deliverable.name for item in session.items.visible_to(cast.actor("mia")).order_by("position")]
    assert (shown, names_of(session)) == (["Key visual", "Banner"], ["Key visual", "Banner", "Film"])


def test_a_session_of_hidden_rounds_only_is_not_there_for_clients(cast, first_light, plan):
    hidden = factories.deliverable(first_light, "Film")
    factories.revision(hidden)
    plan(deliverables=[hidden])

    assert seen_by(cast, "mia") == {"mia": []}


def test_a_session_for_clients_shows_one_clients_work(cast, campaign, plan, key_visual):
    rail = factories.deliverable(factories.project(cast.organization, client_team=cast.norra), "Timetable")
    with pytest.raises(OtherClient) as refused:
        plan(deliverables=[key_visual, rail])
    assert refused.value.detail == {"client_teams": ["Kolibri Drinks", "Norra Rail"]}

    internal = plan(audience="internal", deliverables=[key_visual, rail])
    with pytest.raises(OtherClient):
        change_session(actor=cast.actor("pat"), session=internal, changes={"audience": "client"})
    assert fresh(internal).audience == "internal"


def test_a_change_of_a_session_that_changed_meanwhile_is_refused(cast, weekly):
    change_session(actor=cast.actor("rev"), session=weekly, changes={"name": "Friday"}, version=1)
    with pytest.raises(ChangedMeanwhile) as refused:
        change_session(actor=cast.actor("pat"), session=weekly, changes={"name": "Monday"}, version=1)

    assert (refused.value.detail["current"]["name"], fresh(weekly).name) == ("Friday", "Friday")


def test_the_same_again_changes_nothing(cast, weekly):
    before = Event.objects.count()
    change_session(actor=cast.actor("pat"), session=weekly, changes={"name": "Kolibri weekly"})

    assert (fresh(weekly).version, Event.objects.count()) == (1, before)


def test_a_new_owner_is_the_host_and_the_old_one_a_co_host(cast, weekly):
    change_session(actor=cast.actor("pat"), session=weekly, changes={"owner": cast.rev})

    assert dict(weekly.attendances.values_list("user__name", "role")) == {
        "Pat Producer": "cohost",
        "Rev Reviewer": "host",
    }


def test_a_client_owns_no_session(cast, weekly):
    with pytest.raises(NotFound):
        change_session(actor=cast.actor("pat"), session=weekly, changes={"owner": cast.mia})


def test_what_was_opened_stays(cast, live):
    with pytest.raises(SessionNotPlanned):
        remove_session(actor=cast.actor("pat"), session=live)
    conclude_session(actor=cast.actor("pat"), session=live)
    with pytest.raises(SessionConcluded):
        change_session(actor=cast.actor("pat"), session=live, changes={"name": "Other"})


def test_what_was_only_planned_can_go(cast, weekly):
    remove_session(actor=cast.actor("pat"), session=weekly)

    assert (ReviewSession.objects.count(), Event.objects.latest("pk").verb) == (0, "session.removed")


def test_who_looks_as_somebody_else_opens_nothing(cast, weekly):
    with pytest.raises(LookingAsSomebodyElse):
        open_session(actor=replace(cast.actor("pat"), is_looking=True), session=weekly)
