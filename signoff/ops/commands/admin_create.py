"""Makes somebody an admin; the organisation too, when there is none of that name."""

import secrets
from argparse import ArgumentParser, Namespace

from django.conf import settings

from signoff.accounts.actions import create_admin
from signoff.ops.operator import operator


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--email", required=not settings.ADMIN_EMAIL, default=settings.ADMIN_EMAIL)
    parser.add_argument("--name", required=True)
    parser.add_argument("--organization", default="", help="its name; needed when there is more than one")


def run(arguments: Namespace) -> int:
    """Print the password, which must be changed at the first sign-in; ADMIN_PASSWORD is not printed."""
    password = settings.ADMIN_PASSWORD or secrets.token_urlsafe(12)
    user = create_admin(
        actor=operator(),
        email=arguments.email,
        name=arguments.name,
        password=password,
        organization=arguments.organization,
    )
    print(f"{user.email} is an admin.")
    if user.check_password(password):
        print("They sign in with ADMIN_PASSWORD" if settings.ADMIN_PASSWORD else f"Password: {password}")
        print("and choose another one then.")
    else:
        print("They were there already and keep their password.")
    return 0
