"""Does the jobs that wait: four at a time, and the house's own work on a clock."""

from argparse import ArgumentParser, Namespace

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

GRACE_SECONDS = 1.5  # a job that needs longer is done again by the next worker


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--concurrency", type=int, default=4, help="jobs at a time (%(default)s)")


def run(arguments: Namespace) -> int:
    """Work until SIGTERM or Ctrl-C."""
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()) as at_work:
        at_work.run_worker(
            concurrency=arguments.concurrency,
            shutdown_graceful_timeout=GRACE_SECONDS,
            name="signoff",
        )
    return 0
