"""Every page through axe: nothing serious or critical, light and dark, wide and on a phone."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from signoff.access.actions import invite
from signoff.access.links import link_of, password_link_of
from signoff.access.models import Invitation
from signoff.accounts.models import Organization
from signoff.core.actor import Actor
from signoff.deliverables.models import Deliverable, Stage, StageStatus
from signoff.pipelines.models import PipelineTemplate
from signoff.sheets.actions import preview_import
from tests import factories
from tests.cast import Cast
from tests.mail_server import MailServer
from tests.openid import Authority

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SHOWS = [("light", 1440), ("dark", 1440), ("light", 390), ("dark", 390)]
RUN = """async (isDark) => {
    const only = isDark ? { runOnly: ["color-contrast"] } : {};  // nothing else depends on the theme
    const found = await axe.run(document, { resultTypes: ["violations"], ...only });
    return found.violations
        .filter((one) => ["serious", "critical"].includes(one.impact))
        .flatMap((one) => one.nodes.map((node) =>
            `${one.id}: ${node.target.join(" ")}: ${node.any[0]?.message ?? one.help}`));
}"""
SETTINGS = (
    *("pipelines", "pipelines/new", "stages", "fields", "import-mapping", "branding"),
    *("people", "people/invitations/many", "teams", "organization", "access", "keys"),
)
ICONS = """() => [...new Set([...document.querySelectorAll("use")].map((one) => one.getAttribute("href")))]
    .filter((name) => !document.querySelector(name))"""
Desk = Callable[[str], Page]


@pytest.fixture
def studio(transactional_db: None, cast: Cast, campaign: PipelineTemplate) -> Deliverable:
    """A project with a deliverable in every state that colours a page, shared with the client."""
    project = factories.project(
        cast.organization,
        "First light",
        client_team=cast.kolibri,
        owner=cast.pat,
        status="active",
        due_on=date(2026, 1, 5),
    )
    wanted = {
        "Key visual": (StageStatus.APPROVED, StageStatus.APPROVED, StageStatus.IN_REVIEW),
        "Poster": (StageStatus.APPROVED, StageStatus.CHANGES_REQUESTED, StageStatus.NOT_STARTED),
        "Film": (StageStatus.IN_PROGRESS, StageStatus.SKIPPED, StageStatus.NOT_STARTED),
        "Story": (StageStatus.APPROVED, StageStatus.APPROVED, StageStatus.APPROVED),
    }
    for name, statuses in wanted.items():
        row = factories.deliverable(project, name, due_on=date(2026, 1, 4), rounds_included=2, priority="urgent")
        for stage, status in zip(row.stages.order_by("position"), statuses, strict=True):
            Stage.objects.filter(pk=stage.pk).update(
                status=status,
                approved_at=now() if status == StageStatus.APPROVED else None,
                assignee=cast.mia if str(stage.definition) == "Client approval" else cast.ada,
            )
    return Deliverable.objects.get(name="Key visual")


def pages_of_a_member(actor: Actor, row: Deliverable) -> Iterator[str]:
    content = (ROOT / "docs" / "example-tracker.xlsx").read_bytes()
    batch = preview_import(
        actor=actor, organization=row.project.organization, file_name="tracker.xlsx", content=content
    )
    yield from ("/projects/new", "/imports", f"/imports/{batch.pk}?stay=1", f"/imports/{batch.pk}/columns")
    yield f"/projects/{row.project_id}/settings"
    yield from (f"/settings/{name}" for name in SETTINGS)


def pages_of_everybody(row: Deliverable) -> Iterator[str]:
    yield from ("/dashboard", "/my-work", "/projects", "/inbox", "/change-password", "/account", "/nothing")
    project = f"/projects/{row.project_id}"
    yield from (project, f"{project}/board", f"{project}/activity", f"/deliverables/{row.pk}")


def test_no_page_of_the_house_has_a_serious_finding(at_desk: Desk, cast: Cast, studio: Deliverable) -> None:
    rules = [{"group": "5d0e1f0a-7f5b-4bb9-93a3-f1a3a43b6a11", "role": "producer", "teams": []}]
    Organization.objects.filter(pk=cast.organization.pk).update(sso_rules=rules)
    addresses = [*pages_of_everybody(studio), *pages_of_a_member(cast.actor("ada"), studio)]
    assert findings(at_desk("ada"), addresses) == []


def test_no_page_of_a_client_has_a_serious_finding(at_desk: Desk, studio: Deliverable) -> None:
    assert findings(at_desk("mia"), [*pages_of_everybody(studio), "/settings/people"]) == []


def test_signing_in_has_no_serious_finding(
    transactional_db: None, cast: Cast, page: Page, entra: Authority, settings: Any
) -> None:
    cache.clear()
    assert findings(page, ["/sign-in", "/sign-in/entra/callback"]) == []
    cast.elsewhere.delete()
    Organization.objects.update(only_sso=True)
    assert findings(page, ["/sign-in"]) == []


def test_being_invited_and_forgetting_have_no_serious_finding(
    transactional_db: None, cast: Cast, page: Page, mail_server: MailServer
) -> None:
    row = invite(actor=cast.actor("ada"), organization=cast.organization, email="zoe@x.example", role="maker")
    invitation = "/" + link_of(row).split("/", 3)[3]
    password = "/" + password_link_of(cast.art).split("/", 3)[3]
    assert findings(page, [invitation, invitation + "x", "/password/forgotten", password]) == []


def test_a_list_of_invitations_has_no_serious_finding(at_desk: Desk, cast: Cast, mail_server: MailServer) -> None:
    page = at_desk("ada")
    for name, more in {"a": {"expires_at": now()}, "b": {"sent_at": now()}, "c": {"failure": "550 No user"}}.items():
        row = invite(actor=cast.actor("ada"), organization=cast.organization, email=f"{name}@x.example", role="maker")
        Invitation.objects.filter(pk=row.pk).update(**more)
    assert findings(page, ["/settings/people"]) == []


def test_palette_shortcuts_and_menus_have_no_serious_finding(at_desk: Desk, studio: Deliverable) -> None:
    page = at_desk("ada")
    found = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.goto("/inbox")
        page.evaluate(AXE.read_text())
        page.keyboard.press("Control+k")
        page.keyboard.type("key")
        page.get_by_role("option").first.wait_for()
        found += page.evaluate(RUN)
        page.keyboard.press("Escape")
        expect(page.get_by_role("combobox")).to_have_count(0)
        page.keyboard.press("?")
        page.get_by_role("dialog").wait_for()
        found += page.evaluate(RUN)
    assert found == []


def findings(page: Page, addresses: list[str]) -> list[str]:
    """What axe calls serious or critical, with the page and how it was shown, and icons that are not in the sprite.

    Colours change without a new request.
    """
    axe = AXE.read_text()
    found = []
    for address in addresses:
        page.set_viewport_size({"width": 1440, "height": 900})
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.goto(address)
        expect(page.locator("h1").first).to_be_visible()
        expect(page.locator(".grid-loading, .skeleton-line")).to_have_count(0)
        found += [f"{address} has no icon {name}" for name in page.evaluate(ICONS)]
        page.evaluate(axe)
        for theme, width in SHOWS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            found += [f"{address} {theme} {width}: {one}" for one in page.evaluate(RUN, theme == "dark")]
    return found
