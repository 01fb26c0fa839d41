"""Django itself: every page and the API, as a WSGI application. The server's entry point is config.asgi."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
PAGES = get_resolver().url_patterns  # every page is imported now: a fault shows at the start, not at the first visit
