"""What a guest sees of everything there is: a table over all models that doors start from."""

import pytest
from django.apps import apps

from signoff.accounts.models import Organization
from signoff.accounts.policy import Permission, can
from signoff.accounts.visibility import ScopedQuerySet
from signoff.core.actor import ActorKind
from signoff.deliverables.models import Deliverable
from signoff.feedback.models import Annotation, Comment, Draft, RoundReport
from signoff.projects.models import Project
from signoff.reviews.models import Decision, Panel
from signoff.revisions.models import MediaFile, Rendition, Revision
from tests import factories

SCOPED = [one for one in apps.get_models() if isinstance(one._default_manager.all(), ScopedQuerySet)]
HERE = {"Deliverable", "Stage", "Revision", "MediaFile", "Rendition", "Comment", "Annotation", "Attachment"}
HERE |= {"FeedbackItem", "Sighting", "Panel", "ApproverGroup", "Approver", "Decision"}


def work_on(row, author):
    """One of everything below a deliverable, as far as clients see it."""
    stage = row.stages.order_by("position").last()
    stage.definition.is_with_client = True
    stage.definition.save()
    revision = factories.revision(row, is_released=True)
    file = factories.media_file(revision)
    factories.rendition(file)
    comment = factories.comment(revision, author, audience="client")
    factories.note(comment)
    factories.attachment(comment)
    Annotation.objects.create(comment=comment, kind="pen", geometry={})
    panel = Panel.objects.create(stage=stage)
    panel.groups.create(name="Legal", position=1).approvers.create(user=author)
    factories.decision(stage, revision, author, clients_see=True)
    Draft.objects.create(revision=revision, author=author)
    RoundReport.objects.create(revision=revision, made_for=author, fingerprint="1")
    factories.upload(row, author)
    return revision


def seen_by(actor):
    return {one.__name__: one.objects.visible_to(actor).count() for one in SCOPED}


@pytest.fixture
def banner(cast, first_light, key_visual):
    """Another deliverable of the same project, with all there can be; nothing is below Key visual."""
    banner = factories.deliverable(first_light, "Banner")
    work_on(banner, cast.pat)
    return banner


def test_a_guest_of_one_deliverable_sees_nothing_of_another_one(cast, banner, link, enters, acting):
    actor = acting(enters(link(shows_older=True)))
    around = {"Organization": 1, "Project": 1, "Deliverable": 1, "Stage": 3}
    assert seen_by(actor) == dict.fromkeys((one.__name__ for one in SCOPED), 0) | around


def test_a_guest_sees_what_is_below_their_deliverable(cast, banner, link, enters, acting):
    actor = acting(enters(link(banner, right="decide")))
    around = {"Organization": 1, "Project": 1, "Deliverable": 1, "Stage": 3}
    below = dict.fromkeys(HERE, 1)
    assert seen_by(actor) == dict.fromkeys((one.__name__ for one in SCOPED), 0) | below | around


def test_a_guest_of_a_project_sees_all_of_it_and_no_other(cast, banner, link, enters, acting):
    trains = factories.project(cast.organization, "Trains", client_team=cast.norra)
    work_on(factories.deliverable(trains, "Poster"), cast.pat)
    actor = acting(enters(link(project=banner.project)))
    around = {"Organization": 1, "Project": 1, "Deliverable": 2, "Stage": 6}
    below = dict.fromkeys(HERE, 1)
    assert seen_by(actor) == dict.fromkeys((one.__name__ for one in SCOPED), 0) | below | around


def test_a_guest_of_a_draft_sees_nothing(cast, banner, link, enters, acting):
    token = link(banner)
    Project.objects.update(status="draft")
    assert seen_by(acting(enters(token))) == {one.__name__: int(one is Organization) for one in SCOPED}


def test_of_the_rounds_that_clients_see_only_the_newest_unless_the_link_says_more(key_visual, link, enters, acting):
    for is_released in (True, True, False):
        factories.rendition(factories.media_file(factories.revision(key_visual, is_released=is_released)))

    def rounds(actor):
        found = Revision.objects.visible_to(actor).values_list("round", flat=True)
        files = MediaFile.objects.visible_to(actor).values_list("revision__round", flat=True)
        pictures = Rendition.objects.visible_to(actor).values_list("file__revision__round", flat=True)
        return sorted(found), sorted(files), sorted(pictures)

    assert rounds(acting(enters(link()))) == ([2], [2], [2])
    assert rounds(acting(enters(link(shows_older=True)))) == ([1, 2], [1, 2], [1, 2])


def test_a_guest_reads_no_internal_word(cast, key_visual, link, enters, acting):
    revision = factories.revision(key_visual, is_released=True)
    factories.comment(revision, cast.pat)
    assert not Comment.objects.visible_to(acting(enters(link()))).exists()


MAY = {
    "view": {"view"},
    "comment": {"view", "comment"},
    "decide": {"view", "comment", "approve_where_named"},
}


@pytest.mark.parametrize("right", MAY)
def test_who_has_proved_an_address_may_what_the_link_says(right, link, known, acting):
    actor = acting(known(link(right=right)))
    assert {str(one) for one in Permission if can(actor, one)} == MAY[right]


def test_who_has_not_looks_and_is_nobody(link, enters, acting):
    actor = acting(enters(link(right="decide")))
    assert {str(one) for one in Permission if can(actor, one)} == {"view"}
    assert (actor.kind, actor.user_id, actor.label) == (ActorKind.GUEST, None, "Guest")


def test_a_guest_of_a_house_that_hides_its_people_reads_its_name(cast, link, known, acting):
    cast.organization.hides_names = True
    cast.organization.save()
    actor = acting(known(link()))
    assert (actor.house, actor.named) == ("Fieldhouse", {actor.user_id})


def test_decisions_of_other_work_are_not_there(cast, banner, link, enters, acting):
    assert not Decision.objects.visible_to(acting(enters(link()))).exists()
    assert Decision.objects.visible_to(acting(enters(link(banner)))).count() == 1
    assert Deliverable.objects.visible_to(acting(enters(link()))).get().name == "Key visual"
