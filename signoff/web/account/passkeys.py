"""One's passkeys: adding and naming. They are removed as every second factor is."""

from allauth.mfa.webauthn.internal import auth
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from signoff.access import actions
from signoff.access.factors import is_missing, own_factor
from signoff.core.errors import Invalid
from signoff.web.account.confirmation import proved
from signoff.web.account.factors import READS_AND_POSTS, taken_up
from signoff.web.actor import actor_of, member_of, person_of, signed_in
from signoff.web.proofs import NewPasskeyForm
from signoff.web.render import render
from signoff.web.settings.page import done, refusals_in, refused


@require_http_methods(READS_AND_POSTS)
@proved
@sensitive_variables("codes")
def new(request: HttpRequest) -> HttpResponseBase:
    """The browser makes the passkey; its answer comes as JSON in a field of the form."""
    person = person_of(request)
    form = NewPasskeyForm(user=person, data=request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            name, credential = form.cleaned_data["name"], form.cleaned_data["credential"]
            codes = actions.add_passkey(actor=actor_of(request), user=person, name=name, credential=credential)
            return taken_up(request, codes, _("The passkey is added."))
    is_first = is_missing(member_of(request), ())
    context = {
        "form": form,
        "passkey": {"kind": "create", "options": auth.begin_registration(person, passwordless=True)},
        "is_first": is_first,
        "leave": reverse("second-factor-setup" if is_first else "account"),
    }
    return render(request, "account/passkey_new.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def rename(request: HttpRequest, passkey_id: int) -> HttpResponseBase:
    passkey = own_factor(person_of(request).pk, passkey_id)
    try:
        actions.rename_passkey(
            actor=actor_of(request), user=person_of(request), passkey=passkey, name=request.POST.get("name", "")
        )
    except Invalid as refusal:
        return refused(request, refusal, "account")
    return done(request, _("The passkey has its new name."), "account")
