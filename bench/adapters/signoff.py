"""Signoff's answers: API v1 with a key."""

import itertools

from bench.httpc import Client, Request, asking
from bench.seed import Seeded
from bench.sheet import upload, workbook
from signoff.deliverables.models import Deliverable, Stage

# A stage without approval goes round these; each step is legal.
ROUND = {"not_started": "in_progress", "in_progress": "in_review", "in_review": "in_progress"}


class Signoff:
    def __init__(self, base_url: str, seeded: Seeded) -> None:
        self.headers = {"Authorization": f"Bearer {seeded.key}"}
        self._grid = f"/api/v1/projects/{seeded.big.pk}/grid"
        self._into = f"/api/v1/projects/{seeded.second.pk}/deliverables"
        self._tag = Client(base_url, self.headers).send(self.grid()).headers["etag"]
        self._big = list(Deliverable.objects.filter(project=seeded.big).values_list("pk", flat=True))
        stages = Stage.objects.filter(deliverable__project=seeded.second, position__lte=3, status__in=ROUND)
        self._status = {str(pk): status for pk, status in stages.order_by("pk").values_list("pk", "status")}
        self._stages = itertools.cycle(list(self._status))

    def grid(self) -> Request:
        return asking("GET", self._grid)

    def unchanged_grid(self) -> Request:
        return asking("GET", self._grid, If_None_Match=self._tag)

    def create(self, index: int) -> Request:
        return asking("POST", self._into, {"name": f"New {index}", "kind": "Shot", "due_on": "2026-05-04"})

    def move(self, index: int) -> Request:
        stage = next(self._stages)
        self._status[stage] = status = ROUND[self._status[stage]]
        return asking("PATCH", f"/api/v1/stages/{stage}", {"status": status})

    def read(self, index: int) -> Request:
        return asking("GET", f"/api/v1/deliverables/{self._big[index % len(self._big)]}")

    def me(self) -> Request:
        return asking("GET", "/api/v1/me")

    def bring(self, job_number: str, rows: int) -> Request:
        return upload("/api/v1/projects/bulk-import?commit=true&rows=0", workbook(job_number, rows))
