"""The site map: every page on one screen. Addresses are nouns; names are what `url()` and `reverse` take."""

from django.urls import include, path
from django.views.generic import RedirectView

from signoff.web import dashboard, inbox, preferences, sign_in
from signoff.web.settings import page as settings

urlpatterns = [
    # the way in
    path("", RedirectView.as_view(pattern_name="dashboard"), name="home"),
    path("sign-in", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("change-password", sign_in.ChangePassword.as_view(), name="change-password"),
    # pages
    path("dashboard", dashboard.dashboard, name="dashboard"),
    path("inbox", inbox.inbox, name="inbox"),
    path("inbox/read", inbox.read, name="inbox-read"),
    path("inbox/<uuid:notification_id>", inbox.message, name="message"),
    path("inbox/<uuid:notification_id>/unread", inbox.unread, name="message-unread"),
    path("settings", settings.settings, name="settings"),
    path("settings/", include("signoff.web.settings.urls")),
    # around every page
    path("bell", inbox.bell, name="bell"),
    path("branding.css", preferences.branding, name="branding"),
    path("preferences", preferences.preferences, name="preferences"),
    path("organization", preferences.switch_organization, name="organization"),
]
