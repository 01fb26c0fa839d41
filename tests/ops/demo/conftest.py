from collections.abc import Iterator

import pytest
from django.db import transaction

from signoff.ops.demo.load import load_demo_studio


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The demo studio, loaded once for all tests of a module, and gone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert load_demo_studio()
        yield
        transaction.set_rollback(True)
