"""The doors of the house, by their first words."""

from django.urls import include, path

from signoff.api.health import health
from signoff.api.v1 import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("api/health", health, name="health"),
    path("", include("signoff.web.urls")),
]
handler400 = "signoff.web.errors.bad_request"
handler403 = "signoff.web.errors.permission_denied"
handler404 = "signoff.web.errors.page_not_found"
handler500 = "signoff.web.errors.server_error"
handler429 = "signoff.web.errors.too_many_requests"  # allauth asks for this one
