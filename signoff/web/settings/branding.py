"""Settings: how the house looks and what it calls its things."""

from collections.abc import Mapping

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from signoff.accounts import actions
from signoff.accounts.branding import MOST_LOGO_BYTES
from signoff.accounts.models import Organization
from signoff.accounts.policy import Permission
from signoff.accounts.shades import COLOUR, shades_of
from signoff.web.actor import actor_of, member_of
from signoff.web.render import render
from signoff.web.settings.page import done, open_to, page, refusals_in
from signoff.web.words import VOCABULARY

COLOURS = ("accent", "sidebar")


class BrandingForm(forms.Form):
    product = forms.CharField(required=False)
    accent = forms.CharField(required=False)
    sidebar = forms.CharField(required=False)
    logo = forms.FileField(required=False, allow_empty_file=True)
    without_logo = forms.BooleanField(required=False)


class VocabularyForm(forms.Form):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for key in VOCABULARY:
            self.fields[key] = forms.CharField(required=False)


@open_to(Permission.MANAGE_ORGANIZATION)
def branding(request: HttpRequest) -> HttpResponseBase:
    here = member_of(request).organization
    form = BrandingForm(request.POST, request.FILES) if request.method == "POST" else _branding_form(here)
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            actions.change_branding(actor=actor_of(request), organization=here, changes=_changes(form.cleaned_data))
            return done(request, _("The branding is saved."), "settings-branding")
    return _page(request, here, form, _vocabulary_form(here))


@require_POST
@open_to(Permission.MANAGE_ORGANIZATION)
def vocabulary(request: HttpRequest) -> HttpResponseBase:
    here = member_of(request).organization
    form = VocabularyForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            actions.change_vocabulary(actor=actor_of(request), organization=here, words=form.cleaned_data)
            return done(request, _("The vocabulary is saved."), "settings-branding")
    return _page(request, here, _branding_form(here), form)


@require_safe
@open_to(Permission.MANAGE_ORGANIZATION)
def preview(request: HttpRequest) -> HttpResponse:
    """The samples for the colours of the address; what is no colour is left out."""
    wanted = {name: request.GET.get(name, "").strip().lower() for name in COLOURS}
    product = request.GET.get("product", "").replace("\x00", "")[:40]
    return render(request, "settings/_brand_samples.html", {"samples": _samples(wanted), "product": product})


def _page(request: HttpRequest, here: Organization, form: BrandingForm, words: VocabularyForm) -> HttpResponseBase:
    typed = {name: str(form[name].value() or "") for name in (*COLOURS, "product")}
    context = {
        "form": form,
        "words": words,
        "defaults": VOCABULARY,
        "samples": _samples(typed),
        "product": typed["product"],
    }
    return page(request, "branding", "settings-branding", context, status=422 if form.errors or words.errors else 200)


def _branding_form(here: Organization) -> BrandingForm:
    return BrandingForm(initial={name: value for name, value in here.branding.items() if name != "logo"})


def _vocabulary_form(here: Organization) -> VocabularyForm:
    return VocabularyForm(initial=here.vocabulary)


def _changes(given: Mapping[str, object]) -> dict[str, object]:
    changes: dict[str, object] = {name: given[name] for name in ("product", *COLOURS)}
    upload = given["logo"]
    if upload is not None:
        changes["logo"] = upload.read(MOST_LOGO_BYTES + 1)  # type: ignore[attr-defined]
    elif given["without_logo"]:
        changes["logo"] = None
    return changes


def _samples(wanted: Mapping[str, str]) -> dict[str, str]:
    """For each theme the custom properties of a sample, which its island sets."""
    colours = {name: value for name, value in wanted.items() if name in COLOURS and COLOUR.match(value)}
    return {
        theme: " ".join(f"--so-{name}: {value};" for name, value in shades_of(colours, theme).items())
        for theme in ("light", "dark")
    }
