"""Loads the demo studio: two houses at work, to look around in. Only once for a database."""

from argparse import ArgumentParser, Namespace

from django.db import transaction

from signoff.ops.demo.load import load_demo_studio
from signoff.ops.demo.people import DEMO_PEOPLE
from signoff.ops.models import Mark


def add_arguments(parser: ArgumentParser) -> None:
    pass


@transaction.atomic
def run(arguments: Namespace) -> int:
    """Load it and leave a mark that says who may sign in how; two at once load it once."""
    mark, is_new = Mark.objects.get_or_create(name="demo")
    if is_new:
        load_demo_studio()
        mark.words = {"people": sign_ins()}
        mark.save(update_fields=["words"])
    print("The demo studio is loaded." if is_new else "The demo studio was loaded before.")
    return 0


def sign_ins() -> list[dict[str, str]]:
    """One person of each role, as they sign in."""
    return [
        {"name": name, "email": email, "role": role, "password": password}
        for role, name, email, password in DEMO_PEOPLE
    ]
