"""What a product must tell the bench. Another product is one more module with these answers."""

from typing import Protocol

from bench.httpc import Request, Response


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

    def announce(self, name: str, size: int) -> Request:
        """A file of so many bytes that will come for a deliverable, another one each time."""
        ...

    def send_bytes(self, announced: Response, size: int) -> Request:
        """All of its bytes at once; the body is the caller's business."""
        ...

    def make_round(self, announced: Response) -> Request:
        """That file as the deliverable's next round."""
        ...

    def state(self, made: Response) -> Request:
        """How far the round's file has come."""
        ...

    def is_shown(self, state: Response) -> bool:
        """There is a thumbnail. Raises SystemExit when there will be none."""
        ...
