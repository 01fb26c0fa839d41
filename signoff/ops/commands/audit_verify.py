"""Walks the chains of decisions and says the first row of each that does not fit. Changes nothing."""

import sys
from argparse import ArgumentParser, Namespace

from signoff.accounts.models import Organization
from signoff.reviews.chain import Break, verify


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--organization", default="", help="the slug of one; all without it")


def run(arguments: Namespace) -> int:
    """One line an organisation; 0 when all fit."""
    houses = Organization.objects.order_by("name")
    if arguments.organization:
        houses = houses.filter(slug=arguments.organization)
        if not houses:
            print(f"There is no organisation {arguments.organization!r}.", file=sys.stderr)
            return 1
    fits = [_fits(house) for house in houses]
    return int(not all(fits))


def _fits(house: Organization) -> bool:
    number, found = verify(house.pk)
    if found is None:
        print(f"{house}: {number} decisions, all fit." if number else f"{house}: no decisions.")
        return True
    print(f"{house}: decision {found.number} does not fit: {found.why}.")
    _say(found)
    return False


def _say(found: Break) -> None:
    one = found.decision
    if one is not None:
        about = f"{one.about.get('stage')} of {one.about.get('deliverable')}, round {one.round}"
        print(f"  {one.pk}, {one.user_label}, {about}")
