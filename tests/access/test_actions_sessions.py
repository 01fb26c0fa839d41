from collections.abc import Callable

import pytest
from django.test import Client

from signoff.access.actions import end_other_sessions, end_session, sign_out_everywhere
from signoff.access.sessions import sessions_of
from signoff.accounts.actions import deactivate_member
from signoff.accounts.models import Membership, Role
from signoff.audit.models import Event
from signoff.core.errors import NotAllowed, NotFound
from tests.cast import Cast
from tests.signed_in import seen
from tests.web.conftest import browser_of

__all__ = ["browser_of"]
Browsers = Callable[[str], Client]


def member(cast: Cast, name: str) -> Membership:
    return Membership.objects.get(user=cast.people[name], organization=cast.organization)


def reads(*browsers: Client) -> list[int]:
    return [browser.get("/api/v1/me").status_code for browser in browsers]


def test_where_one_is_signed_in_begins_with_here(cast: Cast, browser_of: Browsers) -> None:
    there, here = browser_of("pat"), browser_of("pat")
    browser_of("art")
    listed = sessions_of(cast.pat, here.session.session_key or "")
    assert [(one.device, one.is_here) for one in listed] == [
        (("Chrome", "Windows"), True),
        (("Chrome", "Windows"), False),
    ]
    there.post("/sign-out")
    assert len(sessions_of(cast.pat, "")) == 1


def test_a_session_of_an_old_password_is_not_listed(cast: Cast, browser_of: Browsers) -> None:
    browser_of("pat")
    cast.pat.set_password("another quite long one")
    cast.pat.save()
    assert sessions_of(cast.pat, "") == []


def test_all_others_end_and_this_one_stays(cast: Cast, browser_of: Browsers) -> None:
    here, there, art = browser_of("pat"), browser_of("pat"), browser_of("art")
    key = here.session.session_key or ""
    assert end_other_sessions(actor=cast.actor("pat"), user=cast.pat, session_key=key) == 1
    assert reads(here, there, art) == [200, 401, 200]
    assert end_other_sessions(actor=cast.actor("pat"), user=cast.pat, session_key=key) == 0
    assert [(event.verb, event.data) for event in Event.objects.all()] == [("person.sessions_ended", {"sessions": 1})]


def test_somebody_elses_session_is_not_there(cast: Cast, browser_of: Browsers) -> None:
    art = browser_of("art")
    theirs = sessions_of(cast.art, "")[0].id
    with pytest.raises(NotFound):
        end_session(actor=cast.actor("pat"), user=cast.pat, session_id=theirs)
    assert reads(art) == [200]


def test_an_admin_signs_a_member_out_everywhere(cast: Cast, browser_of: Browsers) -> None:
    one, two = browser_of("art"), browser_of("art")
    with pytest.raises(NotAllowed):
        sign_out_everywhere(actor=cast.actor("pat"), membership=member(cast, "art"))
    assert sign_out_everywhere(actor=cast.actor("ada"), membership=member(cast, "art")) == 2
    assert reads(one, two) == [401, 401]


def test_who_belongs_elsewhere_stays_signed_in_there_and_comes_back_here_by_the_door(
    cast: Cast, browser_of: Browsers
) -> None:
    here, there = browser_of("art"), browser_of("art")
    actor, admin = member(cast, "art"), cast.actor("ada")
    Membership.objects.create(user=cast.art, organization=cast.elsewhere, role=Role.MAKER)
    there.post("/organization", {"organization": str(cast.elsewhere.pk)})
    assert sign_out_everywhere(actor=admin, membership=actor) == 1
    assert reads(here, there) == [401, 200]
    assert there.get("/api/v1/me").json()["organization"]["name"] == "Elsewhere"
    answer = there.post("/organization", {"organization": str(cast.organization.pk)})
    assert (answer["Location"], reads(there)) == ("/sign-in", [401])


def test_what_looks_elsewhere_never_falls_back_to_where_it_was_signed_out(cast: Cast, browser_of: Browsers) -> None:
    there, actor, admin = browser_of("art"), member(cast, "art"), cast.actor("ada")
    other = Membership.objects.create(user=cast.art, organization=cast.elsewhere, role=Role.MAKER)
    there.post("/organization", {"organization": str(cast.elsewhere.pk)})
    sign_out_everywhere(actor=admin, membership=actor)
    other.is_active = False
    other.save()
    assert there.get("/api/v1/me").status_code == 403


def test_closing_access_signs_out_who_belongs_nowhere_else(cast: Cast, browser_of: Browsers) -> None:
    art, rev = browser_of("art"), browser_of("rev")
    closing = {name: member(cast, name) for name in ("art", "rev")}
    Membership.objects.create(user=cast.rev, organization=cast.elsewhere, role=Role.MAKER)
    for row in closing.values():
        deactivate_member(actor=cast.actor("ada"), membership=row)
    assert reads(art, rev) == [401, 200]
    assert rev.get("/api/v1/me").json()["organization"]["name"] == "Elsewhere"


def test_a_session_that_ended_is_not_brought_back_by_being_seen(cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.art, "django.contrib.auth.backends.ModelBackend")
    seen(browser, cast.art)
    sign_out_everywhere(actor=cast.actor("ada"), membership=member(cast, "art"))
    assert (browser.get("/dashboard").status_code, sessions_of(cast.art, "")) == (302, [])
