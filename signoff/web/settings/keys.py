"""Settings: API keys. A key's secret is shown in the answer to issuing it, and never again."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from signoff.accounts import actions
from signoff.accounts.models import ApiKey
from signoff.accounts.policy import SCOPES, Permission
from signoff.web.actor import actor_of, member_of
from signoff.web.settings.page import done, open_to, page, refusals_in

SCOPE_WORDS = {
    "read": gettext_lazy("Look at projects, deliverables and stages"),
    "write": gettext_lazy("Open and change projects, deliverables and stages"),
    "approve": gettext_lazy("Approve stages and request changes"),
    "import": gettext_lazy("Import spreadsheets"),
    "export": gettext_lazy("Export spreadsheets"),
}
DAYS = [("30", gettext_lazy("30 days")), ("90", gettext_lazy("90 days")), ("365", gettext_lazy("A year"))]


class KeyForm(forms.Form):
    name = forms.CharField()
    scopes = forms.MultipleChoiceField(choices=[(scope, scope) for scope in SCOPES], required=False)
    days = forms.ChoiceField(choices=[*DAYS, ("", gettext_lazy("Never"))], required=False, initial="365")


@open_to(Permission.MANAGE_KEYS)
@sensitive_variables("issued")
def keys(request: HttpRequest) -> HttpResponseBase:
    form = KeyForm(request.POST or None)
    issued = None
    if form.is_bound and form.is_valid():
        days = form.cleaned_data["days"]
        with refusals_in(form):
            issued = actions.issue_api_key(
                actor=actor_of(request),
                organization=member_of(request).organization,
                name=form.cleaned_data["name"],
                scopes=form.cleaned_data["scopes"],
                expires_at=now() + timedelta(days=int(days)) if days else None,
            )
            form = KeyForm()
    rows = list(ApiKey.objects.visible_to(actor_of(request)).order_by("-created_at"))
    at = now()
    context = {
        "form": form,
        "issued": issued,
        "scope_words": SCOPE_WORDS,
        "days": KeyForm.base_fields["days"].choices,  # type: ignore[attr-defined]
        "working": [row for row in rows if _works(row, at)],
        "over": [row for row in rows if not _works(row, at)],
    }
    return page(request, "keys", "settings-keys", context, status=422 if form.errors else 200)


@require_POST
@open_to(Permission.MANAGE_KEYS)
def revocation(request: HttpRequest, key_id: UUID) -> HttpResponseBase:
    visible = ApiKey.objects.visible_to(actor_of(request)).select_related("membership")
    row = actions.revoke_api_key(actor=actor_of(request), key=get_object_or_404(visible, pk=key_id))
    return done(request, _("%(name)s is revoked.") % {"name": row.name}, "settings-keys")


def _works(key: ApiKey, at: object) -> bool:
    return key.revoked_at is None and (key.expires_at is None or key.expires_at > at)  # type: ignore[operator]
