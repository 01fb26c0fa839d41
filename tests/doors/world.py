"""One of everything, for the doors to be tried with, and what is said at those that take something."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from signoff.access.actions import invite
from signoff.access.links import link_of
from signoff.accounts.actions import issue_api_key, save_view
from signoff.accounts.models import Membership, User
from signoff.accounts.providers import Provider
from signoff.audit.models import Event
from signoff.audit.verbs import Verb
from signoff.deliverables.actions import change_stage
from signoff.deliverables.models import Deliverable
from signoff.guests.actions import LinkDraft, make_link
from signoff.notifications.models import Notification
from signoff.projects.actions import add_custom_field
from signoff.reviews.actions import set_delegation
from signoff.revisions.models import Revision, Step
from signoff.revisions.storage import storage
from signoff.sheets.actions import preview_import
from tests import factories
from tests.cast import Cast
from tests.files import picture, send

ASKING = ("nobody", "stranger", "nils", "mia", "art", "rev", "pat", "ada")  # nils is another client's, mia this one's
SHEET = b"Job number,Project,Deliverable\n20418,First light,Banner\n"


@dataclass(frozen=True)
class World:
    """`ids` by the names that addresses give them, all Fieldhouse's; the project is Kolibri's.

    `ids` name the newest round, which clients do not see; `shown` the one before it, which they do.
    """

    cast: Cast
    ids: dict[str, object]
    names: dict[str, str]
    shown: dict[str, object]


@pytest.fixture
def world(cast: Cast, key_visual: Deliverable, settings: Any) -> World:
    """Key visual, whose internal review waits for pat, with two rounds; a view, a field, an import and a key."""
    pat, ada, house = cast.actor("pat"), cast.actor("ada"), cast.organization
    review = factories.stage(key_visual, "Internal review")
    change_stage(actor=ada, stage=review, changes={"status": "in_progress", "assignee": cast.pat})
    change_stage(actor=cast.actor("art"), stage=review, changes={"status": "in_review"})
    view = save_view(actor=pat, organization=house, name="Late", page="projects", query="late=1")
    field = add_custom_field(actor=ada, organization=house, subject="deliverable", name="Copy", kind="text")
    batch = preview_import(actor=pat, organization=house, file_name="a.csv", content=SHEET)
    key = issue_api_key(actor=ada, organization=house, name="Sync", scopes=["read"]).key
    invitation = invite(actor=ada, organization=house, email="zoe@kolibri.example", role="maker")
    ids: dict[str, object] = {
        "project_id": key_visual.project_id,
        "deliverable_id": key_visual.pk,
        "stage_id": review.pk,
        "act": Event.objects.filter(verb=Verb.STAGE_SUBMITTED).latest("pk").act,
        "view_id": view.pk,
        "batch_id": batch.pk,
        "notification_id": Notification.objects.filter(recipient=cast.pat).latest("pk").pk,
        "pipeline_id": key_visual.pipeline_id,
        "definition_id": review.definition_id,
        "field_id": field.pk,
        "membership_id": Membership.objects.get(user=cast.art).pk,
        "team_id": cast.kolibri.pk,
        "key_id": key.pk,
        "factor_id": TOTP.activate(cast.pat, "JBSWY3DPEHPK3PXP").instance.pk,
        "passkey_id": 1,
        "session_id": 1,
        "provider": "oidc",
        "kind": "json",
        "identity_id": SocialAccount.objects.create(user=cast.ada, provider="oidc", uid="1").pk,
        "invitation_id": invitation.pk,
        "token": link_of(invitation).rsplit("/", 1)[1],
    }
    delegation = set_delegation(actor=pat, absent=cast.pat, deputy=cast.ada, begins_on=localdate(), ends_on=localdate())
    ids["delegation_id"] = delegation.pk
    ids["link_id"] = make_link(actor=pat, draft=LinkDraft(), deliverable=key_visual)[0].pk
    settings.SSO_PROVIDERS = (Provider("oidc", "Keyring", "http://127.0.0.1:9", "ours", "secret"),)  # nobody is there
    shown = a_round(key_visual, cast.mia, is_released=True, step=Step.RENDERED)
    ids |= a_round(key_visual, cast.art, is_released=False, failure="It broke", failure_tail="decoder: said too much")
    newest = Revision.objects.get(pk=ids["round_id"])
    ids["decision_id"] = factories.decision(review, newest, cast.pat).pk
    ids["upload_id"] = send(pat, key_visual, picture(), "next.png").pk
    return World(cast, ids, {"dashboard-part": "activity", "deliverable-fact": "kind"}, ids | shown)


def a_round(deliverable: Deliverable, author: User, *, is_released: bool, **values: Any) -> dict[str, object]:
    """A round of one file with a thumbnail, which is in the storage; `author` has said something about it.

    Clients read it where they see the round. Nobody has settled it yet.
    """
    revision = factories.revision(deliverable, is_released=is_released)
    file = factories.media_file(revision, media_type="image/png", **values)
    rendition = factories.rendition(file)
    storage().put(rendition.key, Path(__file__), "image/webp")  # what is in it matters to nobody here
    comment = factories.comment(revision, author, audience="client" if is_released else "internal")
    said = {"comment_id": comment.pk, "attachment_id": factories.attachment(comment).pk}
    item = {"item_id": factories.note(comment).pk}
    return {"round_id": revision.pk, "file_id": file.pk, "rendition_id": rendition.pk, **said, **item}


def a_file(world: World) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("a.csv", SHEET)}


Body = dict[str, Any] | Callable[[World], dict[str, Any]]
PAGE_BODIES: dict[str, Body] = {
    "projects": {},
    "project-new": {"name": "New", "job_number": "30001"},
    "deliverable-fact": {"value": "Poster"},
    "deliverable-hold": {"held": "on_hold"},
    "stage-status": {"status": "approved"},
    "stage-plan": {"due_on": "2026-12-05"},
    "views": {"name": "Mine", "page": "projects", "query": "late=1"},
    "import": a_file,
    "preferences": {"theme": "dark"},
    "passkey": {"name": "Desk"},
    "stage-decision": {"choice": "approve"},
    "deliverable-links": {"right": "view", "downloads": "never"},
    "project-links": {"right": "view", "downloads": "never"},
    "round-unlocking": {"reason": "The wrong file"},
    "settings-people": {"email": "new@fieldhouse.example", "name": "New", "role": "maker"},
    "settings-invitations": {"invite-email": "new@fieldhouse.example", "invite-role": "maker"},
    "settings-person": {"role": "maker"},
    "settings-teams": {"name": "New team", "colour": "#112233"},
    "settings-team": {"name": "Kolibri", "colour": "#112233"},
    "settings-keys": {"name": "New", "scopes": ["read"]},
    "settings-fields": {"subject": "deliverable", "name": "New", "kind": "text"},
    "settings-field": {"name": "Other"},
    "settings-stages": {"name": "New", "approval_type": "none", "colour": "#112233"},
    "settings-stage": {"name": "Other", "approval_type": "simple", "colour": "#112233"},
    "settings-access": {"joins_as": "maker", "second_factor_roles": ["admin"]},
    "settings-access-rules": {"group": "makers", "role": "maker"},
    "settings-organization": {"name": "Fieldhouse", "time_zone": "UTC", "domains": ""},
}
API_BODIES: dict[str, Body] = {
    "bulk_import": a_file,
    "open_project": {"job_number": "30001", "name": "New"},
    "change_project": {"brief": "New"},
    "add_deliverables": {"name": "Banner"},
    "change_many": {"deliverables": [], "change": {"priority": "high"}},
    "change_deliverable": {"notes": "New"},
    "change_stage": {"due_on": "2026-12-05"},
    "undo": lambda world: {"act": str(world.ids["act"])},
    "add_view": {"name": "Mine", "page": "projects"},
    "begin_upload": {"name": "hero.png", "size": 1000},
    "part_addresses": {"numbers": [1]},
    "submit_round": lambda world: {"uploads": [str(world.ids["upload_id"])]},
    "change_round": {"note": "The sun is lower"},
    "decide": {"choice": "approve"},
    "set_approvers": {"groups": []},
    "unlock_round": {"reason": "The wrong file"},
    "set_delegation": lambda world: {
        "deputy": str(world.cast.pat.pk),
        "begins_on": localdate().isoformat(),
        "ends_on": localdate().isoformat(),
    },
    "add_comment": {"text": "Too low"},
    "change_comment": {"text": "Lower"},
    "attach_file": a_file,
    "change_note": {"is_must_fix": True},
    "make_deliverable_link": {"right": "view"},
    "make_project_link": {"right": "view"},
    "keep_draft": {"content": {"text": "Too l"}},
    "replace_files": lambda world: {"kept": [str(world.ids["file_id"])]},
}
API_HEADERS = {"begin_tus_upload": {"Upload-Length": "1000"}}
