"""Small things a person sets by using the page: theme, sidebar, organisation. And the house's colours."""

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from signoff.accounts import actions
from signoff.accounts.actors import memberships_of
from signoff.accounts.branding import logo_of
from signoff.accounts.entrance import enterable
from signoff.accounts.errors import OnlyBySso
from signoff.accounts.sessions import ORGANIZATION, SHUT
from signoff.accounts.shades import style_sheet
from signoff.core.errors import NotFound
from signoff.web.actor import actor_of, person_of, signed_in
from signoff.web.frame import Frame

KEPT_FOR_EVER = "private, max-age=31536000, immutable"


@require_POST
@signed_in
def preferences(request: HttpRequest) -> HttpResponseBase:
    """Remembers the theme or the sidebar of this person."""
    actions.set_preferences(actor=actor_of(request), user=person_of(request), wanted=request.POST.dict())
    return HttpResponse(status=204)


@require_POST
@signed_in
def switch_organization(request: HttpRequest) -> HttpResponseBase:
    """Looks at another organisation that the person is a member of. Raises NotFound for any other, OnlyBySso."""
    person, wanted = person_of(request), request.POST.get("organization", "")
    mine = {str(one.organization_id): one for one in memberships_of(person)}
    if wanted not in mine:
        raise NotFound
    if wanted in request.session.get(SHUT, ()):  # an admin there signed this person out: they come in by the door
        logout(request)
        return redirect("sign-in")
    if not memberships_of(person).filter(enterable(person, request.session), pk=mine[wanted].pk).exists():
        raise OnlyBySso(mine[wanted].organization.name)
    request.session[ORGANIZATION] = wanted
    return redirect("dashboard")


@require_safe
def branding(request: HttpRequest) -> HttpResponse:
    """The organisation's colours as a style sheet; its address changes with them."""
    organization = Frame(request).organization
    css = style_sheet(organization.branding if organization else {})
    cache = KEPT_FOR_EVER if "v" in request.GET else "no-cache"
    return HttpResponse(css, content_type="text/css", headers={"Cache-Control": cache})


@require_safe
def logo(request: HttpRequest) -> HttpResponse:
    """The organisation's logo as a picture; its address changes with it, so that pages need not carry it."""
    organization = Frame(request).organization
    found = logo_of(organization.branding) if organization else None
    if found is None:
        raise Http404
    media_type, data = found
    cache = KEPT_FOR_EVER if "v" in request.GET else "no-cache"
    return HttpResponse(data, content_type=media_type, headers={"Cache-Control": cache})
