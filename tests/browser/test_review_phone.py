"""A client signs off on a phone: looks, asks for a change, approves, takes it back; decides formally in the dialog."""

import pytest
from playwright.sync_api import expect

from signoff.deliverables.models import Deliverable, Stage
from signoff.pipelines.models import ApprovalType
from signoff.reviews.models import Decision
from tests import factories
from tests.browser.reviewing import hero, opened

__all__ = ["hero"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def sent(hero, cast, key_visual):
    """The round is with the client, and the client approval is mia's."""
    Deliverable.objects.filter(pk=key_visual.pk).update(released_rounds=[1])
    stage = factories.stage(key_visual, "Client approval")
    stage.status, stage.assignee = "in_review", cast.mia
    stage.save()
    return stage


def test_a_client_approves_on_a_phone_and_takes_it_back(enter, hero, sent):
    page = enter("mia")
    page.set_viewport_size(PHONE)
    opened(page, hero)
    page.locator("#room-decide").click()
    expect(page.get_by_role("button", name="Approve")).to_be_focused()
    page.get_by_role("button", name="Approve").click()
    undo = page.locator("#room-decision").get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    assert Stage.objects.get(pk=sent.pk).status == "approved"
    undo.click()
    expect(page.locator("#room-decide")).to_be_visible()
    assert Stage.objects.get(pk=sent.pk).status == "in_review"


def test_a_client_decides_formally_on_a_phone(enter, hero, sent):
    Stage.objects.filter(pk=sent.pk).update(approval_type=ApprovalType.FORMAL)
    page = enter("mia")
    page.set_viewport_size(PHONE)
    opened(page, hero)
    page.locator("#room-decide").click()
    page.get_by_role("button", name="Not my call").click()
    page.get_by_label("Reason").fill("Brand has to say")
    send = page.get_by_role("dialog").get_by_role("button", name="Decide")
    expect(send).to_be_in_viewport(ratio=1)
    send.click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert [one.choice for one in Decision.objects.all()] == ["not_my_call"]
