"""The site map: every page on one screen. Addresses are nouns; names are what `url()` and `reverse` take."""

from django.urls import path
from django.views.generic import RedirectView

from signoff.web import dashboard, preferences, sign_in

urlpatterns = [
    # the way in
    path("", RedirectView.as_view(pattern_name="dashboard"), name="home"),
    path("sign-in", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("change-password", sign_in.ChangePassword.as_view(), name="change-password"),
    # pages
    path("dashboard", dashboard.dashboard, name="dashboard"),
    # around every page
    path("branding.css", preferences.branding, name="branding"),
    path("preferences", preferences.preferences, name="preferences"),
    path("organization", preferences.switch_organization, name="organization"),
]
