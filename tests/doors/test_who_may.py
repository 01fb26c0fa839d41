"""The role table as law: the door lets a role do what policy.ALLOWED says, and a key no more than its scopes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from signoff.accounts.models import Role
from signoff.accounts.policy import ALLOWED, SCOPES, Permission
from signoff.deliverables.models import Stage
from tests import factories

P = Permission


def _csv(caller):
    file = SimpleUploadedFile("a.csv", b"Job number,Deliverable\n20418,Banner\n", "text/csv")
    return caller.client.post("/api/v1/projects/bulk-import", {"file": file}, headers=caller.headers)


KNOCKS = {
    P.VIEW: lambda one, ids: one.call("get", f"/projects/{ids['project']}"),
    P.OPEN_PROJECT: lambda one, ids: one.call("post", "/projects", {"job_number": "1", "name": "A"}),
    P.EDIT_PROJECT: lambda one, ids: one.call("patch", f"/projects/{ids['project']}", {"name": "A"}),
    P.EDIT_DELIVERABLE: lambda one, ids: one.call("patch", f"/deliverables/{ids['deliverable']}", {"kind": "A"}),
    P.WORK_ON_STAGE: lambda one, ids: one.call("patch", f"/stages/{ids['design']}", {"status": "in_progress"}),
    P.UPLOAD_ROUND: lambda one, ids: one.call(
        "post", f"/deliverables/{ids['deliverable']}/uploads", {"name": "a.png", "size": 1}
    ),
    P.RELEASE_ROUND: lambda one, ids: one.call("post", f"/rounds/{ids['round']}/release"),
    P.APPROVE_STAGE: lambda one, ids: one.call("post", f"/stages/{ids['review']}/approval"),
    P.SHARE_LINK: lambda one, ids: one.call("post", f"/deliverables/{ids['deliverable']}/links", {}),
    P.COMMENT: lambda one, ids: one.call("post", f"/rounds/{ids['round']}/comments", {"text": "A"}),
    P.ADDRESS_NOTE: lambda one, ids: one.call("patch", f"/feedback/{ids['note']}", {"state": "addressed"}),
    P.SETTLE_NOTE: lambda one, ids: one.call("patch", f"/feedback/{ids['note']}", {"state": "wont_fix", "reason": "A"}),
    P.RELEASE_COMMENT: lambda one, ids: one.call("post", f"/comments/{ids['comment']}/release"),
    P.IMPORT_SHEET: lambda one, ids: _csv(one),
    P.EXPORT_SHEET: lambda one, ids: one.call("get", "/export.xlsx"),
    P.SAVE_VIEW: lambda one, ids: one.call("post", "/views", {"name": "A", "page": "projects"}),
    P.SHARE_VIEW: lambda one, ids: one.call("post", "/views", {"name": "A", "page": "projects", "is_shared": True}),
}
# What has no operation here: approving where one is named is told in tests/api/v1/test_stages.py, the rest is pages.
ELSEWHERE = {
    P.APPROVE_WHERE_NAMED,
    P.EDIT_APPROVERS,
    P.UNLOCK_ROUND,
    P.EDIT_PIPELINES,
    P.MANAGE_PEOPLE,
    P.MANAGE_ORGANIZATION,
    P.MANAGE_KEYS,
    P.READ_AUDIT,
    P.VIEW_AS,
}
PEOPLE = {
    Role.ADMIN: "ada",
    Role.PRODUCER: "pat",
    Role.MAKER: "art",
    Role.REVIEWER: "rev",
    Role.CLIENT_VIEWER: "mia",
    Role.INTEGRATION: "int",
}


@pytest.fixture
def ids(cast, first_light, key_visual):
    review = factories.stage(key_visual, "Internal review")
    Stage.objects.filter(pk=review.pk).update(status="in_review")
    cast.people["int"] = factories.member(cast.organization, "Int Service", Role.INTEGRATION)
    round = factories.revision(key_visual, is_released=True)
    comment = factories.comment(round, audience="client")
    return {
        "note": factories.note(comment).pk,
        "comment": comment.pk,
        "project": first_light.pk,
        "deliverable": key_visual.pk,
        "design": factories.stage(key_visual, "Design").pk,
        "review": review.pk,
        "round": round.pk,
    }


def test_every_permission_is_knocked_for():
    assert set(KNOCKS) | ELSEWHERE == set(Permission)
    assert set(PEOPLE) == set(Role)


@pytest.mark.parametrize("permission", KNOCKS)
@pytest.mark.parametrize("role", Role)
def test_a_role_may_what_the_table_says_and_nothing_else(caller, ids, role, permission):
    response = KNOCKS[permission](caller(PEOPLE[role]), ids)

    assert (response.status_code < 300) == (permission in ALLOWED[role]), response.content
    assert response.status_code in {200, 201, 403}


@pytest.mark.parametrize("permission", KNOCKS)
@pytest.mark.parametrize("scope", SCOPES)
def test_a_key_may_what_its_scope_and_its_role_allow(keyed, ids, scope, permission):
    response = KNOCKS[permission](keyed(scope), ids)

    assert (response.status_code < 300) == (permission in SCOPES[scope] & ALLOWED[Role.INTEGRATION]), response.content
    assert response.status_code in {200, 201, 403}


def test_a_key_of_several_scopes_may_what_each_allows(keyed, ids):
    key = keyed("read", "approve")

    assert [KNOCKS[one](key, ids).status_code for one in (P.VIEW, P.APPROVE_STAGE, P.EDIT_PROJECT)] == [200, 200, 403]
