"""From the brief to the client's yes in Chromium: four people at four desks, on the real server with its live stream."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from signoff.integrations.postgres.paths import database_url
from signoff.projects.models import Project
from tests import factories
from tests.cast import Cast
from tests.free_port import free_port

pytestmark = pytest.mark.browser
SIGNED_IN_BY = "django.contrib.auth.backends.ModelBackend"
SOON = 15_000
