"""Signoff's answers: API v1 with a key."""

import itertools

from bench.httpc import Client, Request, Response, asking
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
        others = Deliverable.objects.filter(project=seeded.second, held="").values_list("pk", flat=True)
        self._receiving = itertools.cycle(list(others))
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

    def announce(self, name: str, size: int) -> Request:
        return asking("POST", f"/api/v1/deliverables/{next(self._receiving)}/uploads", {"name": name, "size": size})

    def send_bytes(self, announced: Response, size: int) -> Request:
        said = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0", "Content-Length": str(size)}
        return Request("PATCH", announced.json()["address"], None, {"Tus-Resumable": "1.0.0", **said})

    def make_round(self, announced: Response) -> Request:
        upload = announced.json()
        body = {"uploads": [upload["id"]], "same_is_meant": True, "reason": "Measured", "is_chargeable": False}
        return asking("POST", f"/api/v1/deliverables/{upload['deliverable']}/rounds", body)

    def state(self, made: Response) -> Request:
        return asking("GET", f"/api/v1/files/{made.json()['files'][0]['id']}")

    def is_shown(self, state: Response) -> bool:
        file = state.json()
        if file["state"] == "failed":
            raise SystemExit(f"The file failed: {file['failure']}")
        return file["state"] == "ready"
