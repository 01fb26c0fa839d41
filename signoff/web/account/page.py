"""My account: who one is here, what one signs in with, and where one is signed in."""

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from signoff.access import actions
from signoff.access.factors import factors_of
from signoff.access.history import last_sign_ins
from signoff.access.sessions import sessions_of
from signoff.web.account.deputies import deputies_card
from signoff.web.actor import actor_of, own_member_of, person_of, signed_in
from signoff.web.render import render
from signoff.web.settings.page import done, said
from signoff.web.sso.offers import account_offer


@require_safe
@signed_in
def account(request: HttpRequest) -> HttpResponseBase:
    """One's own, also while one looks as somebody else. Each card is a partial of its own."""
    person, member = person_of(request), own_member_of(request)
    context = {
        "person": person,
        "member": member,
        "has_password": person.has_usable_password(),
        "has": factors_of(person.pk),
        "is_required": member.role in member.organization.second_factor_roles,
        "sessions": sessions_of(person, request.session.session_key or ""),
        "history": last_sign_ins(person, member.organization_id),
        "said": said(request),
        **account_offer(request),
        **deputies_card(request),
    }
    response = render(request, "account/page.html", context)
    add_never_cache_headers(response)
    return response


@require_POST
@signed_in
def session_ending(request: HttpRequest, session_id: int) -> HttpResponseBase:
    """Ends one of one's own sessions."""
    actions.end_session(actor=actor_of(request), user=person_of(request), session_id=session_id)
    return done(request, _("That browser is signed out."), "account")


@require_POST
@signed_in
def sessions_ending(request: HttpRequest) -> HttpResponseBase:
    here = request.session.session_key or ""
    number = actions.end_other_sessions(actor=actor_of(request), user=person_of(request), session_key=here)
    words = ngettext("%(number)s other browser is signed out.", "%(number)s other browsers are signed out.", number)
    return done(request, words % {"number": number} if number else _("You are signed in nowhere else."), "account")
