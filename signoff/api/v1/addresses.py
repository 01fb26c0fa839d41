"""Addresses of pages, for answers that people click on. Of the other door only the names of addresses are known."""

from uuid import UUID

from django.urls import NoReverseMatch, reverse


def page_of(kind: str, row_id: UUID | None) -> str:
    """The page of a project, deliverable or person; empty where there is none."""
    if row_id is None:
        return ""
    if kind == "person":
        projects = _address("projects")
        return f"{projects}?owner={row_id}" if projects else ""
    return _address(kind, row_id)


def _address(name: str, *args: object) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
