"""Does the jobs that wait: four at a time, and the house's own work on a clock."""

from argparse import ArgumentParser, Namespace

from signoff.ops.queue import working_app

GRACE_SECONDS = 1.5  # a job that needs longer is done again by the next worker


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--concurrency", type=int, default=4, help="jobs at a time (%(default)s)")


def run(arguments: Namespace) -> int:
    """Work until SIGTERM or Ctrl-C."""
    working_app().run_worker(
        concurrency=arguments.concurrency,
        shutdown_graceful_timeout=GRACE_SECONDS,
        name="signoff",
    )
    return 0
