"""What a product must tell the bench. Another product is one more module with these answers."""

from typing import Protocol

from bench.httpc import Request


class Product(Protocol):
    """Requests for the seeded work; `index` counts up, so that each one can be another row."""

    headers: dict[str, str]

    def grid(self) -> Request:
        """All that draws the biggest project's grid."""
        ...

    def unchanged_grid(self) -> Request:
        """The same, asked by who has it already."""
        ...

    def create(self, index: int) -> Request:
        """A deliverable with its five stages, in the second project so that the measured grid stays as it is."""
        ...

    def move(self, index: int) -> Request:
        """A legal change of a stage's status, in the second project."""
        ...

    def read(self, index: int) -> Request:
        """A deliverable with its stages."""
        ...

    def me(self) -> Request:
        """The cheapest request of somebody who is known."""
        ...

    def bring(self, job_number: str, rows: int) -> Request:
        """A spreadsheet of a new project with so many deliverables and the status of their stages, applied at once."""
        ...
