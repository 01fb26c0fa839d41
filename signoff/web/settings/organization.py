"""Settings: the organisation's name, mail domains and time zone."""

from zoneinfo import available_timezones

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from signoff.accounts import actions
from signoff.accounts.policy import Permission
from signoff.web.actor import actor_of, member_of
from signoff.web.settings.page import done, open_to, page, refusals_in

ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")) + ["UTC"]


class OrganizationForm(forms.Form):
    name = forms.CharField()
    domains = forms.CharField(required=False)
    time_zone = forms.CharField()


@open_to(Permission.MANAGE_ORGANIZATION)
def organization(request: HttpRequest) -> HttpResponseBase:
    here = member_of(request).organization
    now = {"name": here.name, "domains": "\n".join(here.domains), "time_zone": here.time_zone}
    form = OrganizationForm(request.POST) if request.method == "POST" else OrganizationForm(initial=now)
    if form.is_bound and form.is_valid():
        changes = {**form.cleaned_data, "domains": form.cleaned_data["domains"].replace(",", " ").split()}
        with refusals_in(form):
            actions.change_organization(actor=actor_of(request), organization=here, changes=changes)
            return done(request, _("The organisation is saved."), "settings-organization")
    context = {"form": form, "zones": ZONES}
    return page(request, "organization", "settings-organization", context, status=422 if form.errors else 200)
