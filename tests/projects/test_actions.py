from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from signoff.audit.models import Event
from signoff.core.errors import NotAllowed, SignoffError
from signoff.core.text import BadText
from signoff.projects.actions import ProjectDraft, archive_project, change_project, open_project, restore_project
from signoff.projects.errors import DueBeforeStart, JobNumberTaken, ProjectArchived
from signoff.projects.models import Project
from tests import factories


def test_a_project_without_a_pipeline_gets_the_default_one(cast, campaign):
    project = open_project(
        actor=cast.actor("pat"),
        organization=cast.organization,
        draft=ProjectDraft("20418", "First light", tags=["a", " a ", "", "b"]),
    )
    assert (project.pipeline, project.slug, project.tags) == (campaign, "first-light", ["a", "b"])
    assert list(Event.objects.values_list("verb", "project_id")) == [("project.opened", project.pk)]


@pytest.mark.parametrize("who", ["art", "rev", "mia", "stranger"])
def test_others_may_not_open(cast, who):
    with pytest.raises(NotAllowed):
        open_project(actor=cast.actor(who), organization=cast.organization, draft=ProjectDraft("1", "X"))
    assert Project.objects.count() == 0


def test_a_job_number_is_taken_once_in_a_house_but_not_across(cast, first_light):
    with pytest.raises(JobNumberTaken) as refusal:
        open_project(actor=cast.actor("pat"), organization=cast.organization, draft=ProjectDraft(" 20418 ", "Again"))
    assert refusal.value.detail == {"field": "job_number"}
    there = open_project(
        actor=cast.actor("stranger"), organization=cast.elsewhere, draft=ProjectDraft("20418", "Theirs")
    )
    assert there.job_number == "20418"


@pytest.mark.django_db(transaction=True)
def test_of_two_opening_one_job_number_at_once_one_is_refused(cast):
    start, pat, outcomes = Barrier(2), cast.actor("pat"), []

    def open_it():
        start.wait()
        try:
            open_project(actor=pat, organization=cast.organization, draft=ProjectDraft("1", "First light"))
            outcomes.append("opened")
        except SignoffError as error:
            outcomes.append(error.code)
        finally:
            connection.close()

    threads = [Thread(target=open_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["job_number_taken", "opened"]


@pytest.mark.django_db(transaction=True)
def test_two_projects_of_one_name_at_once_are_both_opened(cast):
    start, pat, outcomes = Barrier(2), cast.actor("pat"), []

    def open_it(number):
        start.wait()
        try:
            open_project(actor=pat, organization=cast.organization, draft=ProjectDraft(number, "First light"))
            outcomes.append("opened")
        except SignoffError as error:
            outcomes.append(error.code)
        finally:
            connection.close()

    threads = [Thread(target=open_it, args=[number]) for number in ("1", "2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == ["opened", "opened"]


def test_dates_must_be_in_order_and_may_be_far(cast, first_light):
    with pytest.raises(DueBeforeStart):
        change_project(
            actor=cast.actor("pat"),
            project=first_light,
            changes={"starts_on": date(2026, 2, 1), "due_on": date(2026, 1, 1)},
        )
    changed = change_project(
        actor=cast.actor("pat"),
        project=first_light,
        changes={"starts_on": date(1900, 1, 1), "due_on": date(9999, 12, 31)},
    )
    assert (changed.starts_on, changed.due_on) == (date(1900, 1, 1), date(9999, 12, 31))


@pytest.mark.parametrize("job_number", ["", "a\x00", "x" * 61])
def test_a_job_number_that_cannot_be_is_refused(cast, job_number):
    with pytest.raises(BadText) as refusal:
        open_project(actor=cast.actor("pat"), organization=cast.organization, draft=ProjectDraft(job_number, "X"))
    assert refusal.value.detail == {"field": "job_number"}


def test_a_new_owner_is_told_and_the_diary_names_both(cast, first_light):
    change_project(actor=cast.actor("pat"), project=first_light, changes={"owner": cast.ada})
    event = Event.objects.get()
    assert event.data == {"labels": {"owner": ["Pat Producer", "Ada Admin"]}}
    assert list(event.notification_set.values_list("recipient__name", "reason")) == [("Ada Admin", "assigned")]


def test_an_archived_project_is_changed_only_after_it_is_restored(cast, first_light):
    archived = archive_project(actor=cast.actor("pat"), project=first_light)
    archive_project(actor=cast.actor("pat"), project=first_light)
    assert archived.is_archived
    with pytest.raises(ProjectArchived):
        change_project(actor=cast.actor("pat"), project=first_light, changes={"name": "X"})
    restore_project(actor=cast.actor("pat"), project=first_light)
    assert change_project(actor=cast.actor("pat"), project=first_light, changes={"name": "X"}).name == "X"
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == [
        "project.archived",
        "project.restored",
        "project.changed",
    ]


def test_who_sees_which_projects(cast, first_light):
    draft = factories.project(cast.organization, "Draft", client_team=cast.kolibri, status="draft")
    norra = factories.project(cast.organization, "Trains", client_team=cast.norra)
    own = factories.project(cast.organization, "House")
    theirs = factories.project(cast.elsewhere, "Theirs")
    every = {first_light, draft, norra, own}
    seen = {name: set(Project.objects.visible_to(cast.actor(name))) for name in cast.people}
    assert seen == {
        "ada": every,
        "pat": every,
        "art": every,
        "rev": every,
        "mia": {first_light},
        "nils": {norra},
        "stranger": {theirs},
    }
