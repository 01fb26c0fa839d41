"""From a broken database constraint to a refusal with words, for what two people do in the same moment."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from signoff.core.errors import SignoffError


@contextmanager
def refused_as(refusals: Mapping[str, SignoffError]) -> Iterator[None]:
    """Run the block in a savepoint; a broken constraint named in `refusals` is raised as its refusal.

    Any other IntegrityError stays one: it is a bug.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", ""))
        if name in refusals:
            raise refusals[name] from error
        raise
