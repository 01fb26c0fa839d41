import pytest

from signoff.accounts.actors import actor_of_member
from signoff.accounts.models import Membership, Organization
from signoff.sheets.actions import preview_import
from signoff.sheets.write import write_tracker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_the_full_export_imported_again_changes_nothing():
    fieldhouse = Organization.objects.get(slug="fieldhouse-studio")
    ida = actor_of_member(Membership.objects.select_related("user").get(user__email="ida@fieldhouse.example"))
    content = write_tracker(ida, fieldhouse)
    batch = preview_import(actor=ida, organization=fieldhouse, file_name="all.xlsx", content=content)
    counts = {name: batch.counts[name] for name in ("created", "changed", "unchanged", "error")}
    assert counts == {"created": 0, "changed": 0, "unchanged": 140, "error": 0}
