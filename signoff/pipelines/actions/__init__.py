"""What people do with pipelines and with the library of stages they are made of."""

from signoff.pipelines.actions.definitions import (
    add_definition,
    archive_definition,
    change_definition,
    restore_definition,
)
from signoff.pipelines.actions.pipelines import (
    add_pipeline,
    archive_pipeline,
    change_pipeline,
    copy_pipeline,
    make_default,
    restore_pipeline,
)
from signoff.pipelines.stages import StageDraft

__all__ = [
    "StageDraft",
    "add_definition",
    "add_pipeline",
    "archive_definition",
    "archive_pipeline",
    "change_definition",
    "change_pipeline",
    "copy_pipeline",
    "make_default",
    "restore_definition",
    "restore_pipeline",
]
