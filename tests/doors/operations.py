"""Every operation of the API, with a body that is right, for those tests that knock at each of them."""

from dataclasses import dataclass
from typing import Any

from signoff.api.v1 import api

METHODS = ("get", "post", "patch", "put", "delete")
BODIES: dict[str, Any] = {
    "open_project": {"job_number": "1", "name": "A"},
    "change_project": {"name": "A"},
    "add_deliverables": {"name": "A"},
    "change_many": {"deliverables": [], "change": {"priority": "low"}},
    "change_deliverable": {"kind": "A"},
    "change_stage": {"status": "in_progress"},
    "approve_stage": {},
    "request_changes": {"note": "A"},
    "undo": {"act": "00000000-0000-7000-8000-000000000000"},
    "add_view": {"name": "A", "page": "projects"},
    "set_read": {},
    "map_import": {},
    "begin_upload": {"name": "a.png", "size": 1},
    "part_addresses": {"numbers": [1]},
    "submit_round": {"uploads": ["00000000-0000-7000-8000-000000000000"]},
    "change_round": {"note": "A"},
    "replace_files": {},
    "decide": {"choice": "approve"},
    "set_approvers": {"groups": []},
    "unlock_round": {"reason": "A"},
    "set_delegation": {
        "deputy": "00000000-0000-7000-8000-000000000000",
        "begins_on": "2026-03-01",
        "ends_on": "2026-03-02",
    },
    "add_comment": {"text": "A"},
    "change_comment": {"text": "A"},
    "change_note": {"state": "verified"},
    "keep_draft": {"content": {}},
    "make_deliverable_link": {},
    "make_project_link": {},
}
HEADERS: dict[str, dict[str, str]] = {"begin_tus_upload": {"Upload-Length": "1"}}


@dataclass(frozen=True)
class Operation:
    """One line of the contract. `path` has its ids in braces."""

    name: str
    method: str
    path: str

    @property
    def body(self) -> Any:
        return BODIES.get(self.name)

    @property
    def headers(self) -> dict[str, str]:
        return HEADERS.get(self.name, {})

    @property
    def is_of_one(self) -> bool:
        return "{" in self.path

    def address(self, ids: dict[str, object]) -> str:
        return self.path.format(**ids)


def operations() -> list[Operation]:
    paths = api.get_openapi_schema(path_prefix="")["paths"]
    return [
        Operation(operation["operationId"], method, path)
        for path, methods in paths.items()
        for method, operation in methods.items()
        if method in METHODS
    ]
