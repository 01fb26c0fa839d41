"""Says what is wrong with this installation, in words. Changes nothing."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.checks import run_checks
from django.db import Error, connection

from signoff import mails
from signoff.accounts.models import Organization
from signoff.core.condition import database_version, pending_migrations, worker_silence
from signoff.ops.ports import is_free

Finding = tuple[bool, str]
OLDEST_PYTHON, OLDEST_POSTGRES = (3, 11), 140_000


def add_arguments(parser: ArgumentParser) -> None:
    pass


def run(arguments: Namespace) -> int:
    """One line a check; 0 when all of them pass."""
    well = True
    for passed, words in findings():
        well = well and passed
        print(f"{'ok  ' if passed else 'FAIL'}  {words}")
    return 0 if well else 1


def findings() -> Iterator[Finding]:
    for check in (_python, _database, _migrations, _worker, _data_dir, _secret, _assets, _port, _mail, _single_sign_on):
        yield _asked(check)


def _asked(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except (Error, OSError) as error:
        return False, f"{check.__name__.strip('_').replace('_', ' ')}: {str(error).strip()}"


def _python() -> Finding:
    return sys.version_info >= OLDEST_PYTHON, f"Python {sys.version.split()[0]} (3.11 or newer is needed)"


def _database() -> Finding:
    version = database_version()
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        number = int(cursor.fetchone()[0])
    kind = "embedded" if settings.EMBEDDED_DATABASE else "external"
    return number >= OLDEST_POSTGRES, f"PostgreSQL {version}, {kind} (14 or newer is needed)"


def _migrations() -> Finding:
    pending = pending_migrations()
    if pending:
        return False, f"{len(pending)} migrations are pending ({', '.join(pending[:3])}): run `signoff migrate`"
    return True, "the database has the schema of this version"


def _worker() -> Finding:
    silence = worker_silence()
    if silence is None:
        return False, "no worker runs: start `signoff up`, or `signoff worker`"
    seconds = int(silence.total_seconds())
    return seconds < 45, f"the worker was last heard of {seconds} seconds ago"


def _data_dir() -> Finding:
    return os.access(settings.DATA_DIR, os.W_OK), f"the data directory {settings.DATA_DIR} is ours to write"


def _secret() -> Finding:
    if settings.SECRET_KEY.startswith("insecure"):
        return False, "there is no secret key: set AUTH_SECRET, or let `signoff up` make one"
    return len(settings.SECRET_KEY) >= 32, "the secret key is set (32 characters or more are needed)"


def _assets() -> Finding:
    built = (settings.STATIC_DIR / "manifest.json").exists()
    return built, "the pages' assets are built" if built else "the pages' assets are not built: make assets"


def _port() -> Finding:
    free = is_free(settings.HOST, settings.PORT)
    return True, f"port {settings.PORT} is {'free' if free else 'in use (by Signoff, if it runs)'}"


def _mail() -> Finding:
    if not mails.is_configured():
        return True, "no mail server is set: whoever invites somebody is shown the link (SIGNOFF_SMTP_HOST names one)"
    try:
        mails.knock()
    except mails.MailFailed as failure:
        return False, f"mail: {failure.message}"
    return True, f"mail goes through {settings.EMAIL_HOST}, port {settings.EMAIL_PORT}"


def _single_sign_on() -> Finding:
    """Its configuration, and that nobody is locked out by it."""
    wrong = [f"{message.msg} {message.hint}" for message in run_checks(tags=["sso"])]
    if wrong:
        return False, "single sign-on: " + " ".join(wrong)
    providers = [provider for provider in settings.SSO_PROVIDERS if provider.is_whole]
    for house in Organization.objects.filter(only_sso=True):
        if not any(provider.serves(house.slug) for provider in providers):
            return False, f"{house.name} takes single sign-on only, and has none: run `signoff passwords open`"
    slugs = set(Organization.objects.values_list("slug", flat=True))
    for provider in providers:
        if provider.organization and provider.organization not in slugs:
            return False, f"single sign-on with {provider.name} is for {provider.organization!r}, which is no slug here"
    return True, f"single sign-on: {', '.join(provider.name for provider in providers) or 'none is set up'}"
