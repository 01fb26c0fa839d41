"""What people do with projects, and with the fields of their own that these have."""

from signoff.projects.actions.custom_fields import (
    add_custom_field,
    change_custom_field,
    order_custom_fields,
    remove_custom_field,
    restore_custom_field,
)
from signoff.projects.actions.projects import (
    ProjectDraft,
    archive_project,
    change_project,
    clean_tags,
    open_project,
    restore_project,
)

__all__ = [
    "ProjectDraft",
    "add_custom_field",
    "archive_project",
    "change_custom_field",
    "change_project",
    "clean_tags",
    "open_project",
    "order_custom_fields",
    "remove_custom_field",
    "restore_custom_field",
    "restore_project",
]
