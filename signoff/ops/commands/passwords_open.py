"""Lets passwords in again where an organisation takes single sign-on only: for the day when the provider fails."""

from argparse import ArgumentParser, Namespace

from signoff.accounts.actions import change_access, organization_called
from signoff.ops.operator import operator


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--organization", default="", help="its name; needed when there is more than one")


def run(arguments: Namespace) -> int:
    """Written down as the operator's act. Who has no password: `signoff admin create` gives a new admin one."""
    organization = organization_called(arguments.organization)
    if not organization.only_sso:
        print(f"{organization.name} takes passwords already.")
        return 0
    change_access(actor=operator(), organization=organization, changes={"only_sso": False})
    print(f"{organization.name} takes passwords again. Shut them under Settings, Access, when the provider is back.")
    return 0
