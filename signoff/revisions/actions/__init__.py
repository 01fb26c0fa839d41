"""What people do with files and rounds; one module a noun."""

from signoff.revisions.actions.files import retry_file
from signoff.revisions.actions.rounds import (
    change_round,
    release_round,
    withhold_round,
)
from signoff.revisions.actions.uploads import begin_upload, drop_upload, finish_upload, part_addresses

__all__ = [
    "begin_upload",
    "change_round",
    "drop_upload",
    "finish_upload",
    "part_addresses",
    "release_round",
    "retry_file",
    "withhold_round",
]
