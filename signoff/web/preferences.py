"""Small things a person sets by using the page: theme, sidebar, organisation. And the house's colours."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from signoff.accounts import actions
from signoff.accounts.actors import memberships_of
from signoff.accounts.branding import logo_of
from signoff.accounts.looking import ORGANIZATION
from signoff.core.errors import NotFound
from signoff.web.actor import actor_of, person_of, signed_in
from signoff.web.branding import style_sheet
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
    """Looks at another organisation that the person is a member of. Raises NotFound for any other."""
    wanted = request.POST.get("organization", "")
    if wanted not in {str(one.organization_id) for one in memberships_of(person_of(request))}:
        raise NotFound
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
