"""Issues an API key. The key is all that is printed, once; it cannot be read again."""

from argparse import ArgumentParser, Namespace

from signoff.accounts.actions import issue_api_key, organization_called
from signoff.accounts.policy import SCOPES
from signoff.ops.operator import operator


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--name", required=True, help="what it is for")
    parser.add_argument("--scopes", required=True, help=f"some of {','.join(SCOPES)}, with commas between")
    parser.add_argument("--organization", default="", help="its name; needed when there is more than one")


def run(arguments: Namespace) -> int:
    scopes = [scope.strip() for scope in arguments.scopes.split(",") if scope.strip()]
    organization = organization_called(arguments.organization)
    print(issue_api_key(actor=operator(), organization=organization, name=arguments.name, scopes=scopes).secret)
    return 0
