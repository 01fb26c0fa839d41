"""Takes the second factors of a person away who lost them, when no admin is left who could do it on a page."""

from argparse import ArgumentParser, Namespace

from signoff.access.actions import remove_factors
from signoff.accounts.models import Membership
from signoff.core.errors import Invalid
from signoff.ops.operator import operator


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--email", required=True)


def run(arguments: Namespace) -> int:
    """The event is written into the organisation that the person joined first; they are signed out everywhere."""
    people = Membership.objects.visible_to(operator()).filter(user__email__iexact=arguments.email)
    member = people.order_by("-is_active", "id").select_related("user").first()
    if member is None:
        raise Invalid(f"There is nobody with the address {arguments.email}.", field="email")
    number = remove_factors(actor=operator(), membership=member)
    if not number:
        print(f"{member.user.email} had no second factor.")
        return 0
    print(f"{member.user.email} has no second factor any more and is signed out. The password alone opens the account.")
    return 0
