"""Small things a person sets by using the page: theme, sidebar, organisation. And the house's colours."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from signoff.accounts.models import Membership
from signoff.core.errors import Invalid, NotFound
from signoff.web.actor import ORGANIZATION, person_of, signed_in
from signoff.web.branding import style_sheet
from signoff.web.frame import Frame

CHOICES = {"theme": {"light", "dark", "system"}, "sidebar": {"wide", "rail"}}


@require_POST
@signed_in
def preferences(request: HttpRequest) -> HttpResponseBase:
    """Remembers the theme or the sidebar of this person. They are nobody else's business, so no event is written."""
    wanted = {name: request.POST[name] for name in CHOICES if name in request.POST}
    if not wanted or any(value not in CHOICES[name] for name, value in wanted.items()):
        raise Invalid("There is no such choice.")
    person = person_of(request)
    person.preferences = {**person.preferences, **wanted}
    person.save(update_fields=["preferences"])
    return HttpResponse(status=204)


@require_POST
@signed_in
def switch_organization(request: HttpRequest) -> HttpResponseBase:
    """Looks at another organisation that the person is a member of. Raises NotFound for any other."""
    wanted = request.POST.get("organization", "")
    mine = Membership.objects.filter(user=person_of(request), is_active=True)
    if wanted not in {str(one) for one in mine.values_list("organization_id", flat=True)}:
        raise NotFound
    request.session[ORGANIZATION] = wanted
    return redirect("dashboard")


@require_GET
def branding(request: HttpRequest) -> HttpResponse:
    """The organisation's colours as a style sheet; its address changes with them."""
    organization = Frame(request).organization
    css = style_sheet(organization.branding if organization else {})
    cache = "private, max-age=31536000, immutable" if "v" in request.GET else "no-cache"
    return HttpResponse(css, content_type="text/css", headers={"Cache-Control": cache})
