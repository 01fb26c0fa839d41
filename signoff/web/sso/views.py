"""The ways out and back: to sign in, or to connect an account with one's own."""

import logging

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from signoff.access import actions
from signoff.access.claims import Identity
from signoff.access.errors import NotInvited, SignInAnew
from signoff.access.identities import identities_of
from signoff.accounts.entrance import BY_SSO
from signoff.accounts.providers import Provider
from signoff.core.actor import Actor
from signoff.core.errors import Conflict, NotFound, SignoffError
from signoff.web.account.confirmation import is_fresh, to_proof
from signoff.web.actor import actor_of, person_of, signed_in
from signoff.web.errors import status_of
from signoff.web.render import render
from signoff.web.settings.page import done, refused
from signoff.web.sso.client import Conversation
from signoff.web.sso.offers import find_provider

LOG = logging.getLogger("signoff.sso")
SIGN_IN, CONNECT = "login", "connect"
AT_THE_PROVIDER = 15 * 60  # seconds


@never_cache
def start(request: HttpRequest, provider: str) -> HttpResponseBase:
    """Off to the provider, when a form of ours asks: a link of somebody else must not sign anybody in."""
    found = find_provider(provider)
    if request.method != "POST":
        return redirect("sign-in")
    wanted = request.POST.get("next", "")
    return _onward(request, found, SIGN_IN, wanted if get_adapter(request).is_safe_url(wanted) else "")


@require_POST
@signed_in
@never_cache
def connect(request: HttpRequest, provider: str) -> HttpResponseBase:
    """The same, to come back with an account that will be one's own."""
    if not is_fresh(request):
        return to_proof(request, reverse("account"))
    return _onward(request, find_provider(provider), CONNECT, "")


@require_POST
@signed_in
def removal(request: HttpRequest, identity_id: int) -> HttpResponseBase:
    """Disconnect an account of one's own. Raises NotFound."""
    if identity_id not in {row.pk for row in identities_of(person_of(request))}:
        raise NotFound
    if not is_fresh(request):
        return to_proof(request, reverse("account"))
    try:
        actions.unlink_identity(actor=actor_of(request), user=person_of(request), identity_id=identity_id)
    except Conflict as refusal:
        return refused(request, refusal, "account")
    return done(request, _("The account is disconnected."), "account")


@require_safe
@never_cache
def callback(request: HttpRequest, provider: str) -> HttpResponseBase:
    """Back from the provider: with a person, or with a page that says why not."""
    found = find_provider(provider)
    conversation = Conversation(request, found)
    try:
        state = conversation.state()
        if "error" in request.GET or "code" not in request.GET:
            return _refused_there(request, found)
        identity = conversation.identity(state)
        if state["process"] == CONNECT:
            return _connected(request, identity)
        return _signed_in(request, identity, str(state.get("next") or ""))
    except SignoffError as refusal:
        return _refused(request, found, refusal)


def _onward(request: HttpRequest, provider: Provider, process: str, next_url: str) -> HttpResponse:
    """A page that goes on by itself: a redirect would be held up by our own rule of where forms may lead to,
    and where a provider leads on to we cannot know."""
    try:
        address = Conversation(request, provider).address(process=process, next_url=next_url)
    except SignoffError as refusal:
        return _refused(request, provider, refusal)
    return render(request, "account/sso_onward.html", {"address": address, "provider": provider})


def _signed_in(request: HttpRequest, identity: Identity, next_url: str) -> HttpResponseBase:
    """allauth's own way on from here: second factor, session, what listens to sign-ins."""
    user = actions.admit(actor=Actor.system("single sign-on"), identity=identity)
    if request.user.is_authenticated and request.user != user:
        get_adapter(request).logout(request)
    record_authentication(request, user, BY_SSO, provider=identity.provider.key, uid=identity.uid)
    answer: HttpResponseBase = perform_login(request, user, redirect_url=next_url or None)
    return answer


def _connected(request: HttpRequest, identity: Identity) -> HttpResponseBase:
    """Proved before going out; the way through the provider may have taken a while since. Raises SignInAnew."""
    if not request.user.is_authenticated or not is_fresh(request, AT_THE_PROVIDER):
        raise SignInAnew
    actions.link_identity(actor=actor_of(request), user=person_of(request), identity=identity)
    return done(request, _("%(name)s is connected.") % {"name": identity.provider.name}, "account")


def _refused_there(request: HttpRequest, provider: Provider) -> HttpResponse:
    """The person changed their mind, or the provider did not let them out."""
    LOG.warning("%s answered %s", provider.key, request.GET.get("error", "nothing")[:100])
    words = _("%(name)s did not sign you in. Nothing was changed.") % {"name": provider.name}
    return _page(request, provider, words, "refused_there", 403)


def _refused(request: HttpRequest, provider: Provider, refusal: SignoffError) -> HttpResponse:
    LOG.warning("%s: %s %s", provider.key, refusal.code, getattr(refusal, "reason", ""))
    return _page(request, provider, refusal.message, refusal.code, status_of(refusal))


def _page(request: HttpRequest, provider: Provider, message: str, code: str, status: int) -> HttpResponse:
    context = {"provider": provider, "message": message, "code": code, "is_unknown": code == NotInvited.code}
    return render(request, "account/sso_refused.html", context, status=status)
