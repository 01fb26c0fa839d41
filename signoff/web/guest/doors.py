"""Which doors are open to guests, and what going through one is called in their link's log. Everything else is a 404.

A door that is not in this table is shut: who adds one to the site says here whether guests may come in.
"""

import re
from collections.abc import Mapping

from django.urls import ResolverMatch

from signoff.guests.models import Deed

Doors = Mapping[str, Mapping[str, Deed | None]]  # by name, or by path: the methods that work there
LOOK: Mapping[str, Deed | None] = {"GET": None, "HEAD": None}
API = "api/v1/"
KIND = re.compile(r"<\w+:(\w+)>")
PAGES: Doors = {
    "guest-home": LOOK,
    "guest-identity": {**LOOK, "POST": None},
    "guest-code": {**LOOK, "POST": None},
    "guest-leaving": {"POST": None},
    "guest-picture": LOOK,
    "branding": LOOK,
    "logo": LOOK,
    "thumbnail": LOOK,
    "review": {"GET": Deed.VIEWED, "HEAD": None},
    "compare": {"GET": Deed.VIEWED, "HEAD": None},
    "decision-panel": LOOK,
    "decision-certificate": LOOK,
    "stage-decision": {**LOOK, "POST": Deed.DECIDED},
    "decision-code": {"POST": None},
    "stage-approval": {"POST": Deed.DECIDED, "DELETE": Deed.DECIDED},
    "stage-withdrawal": {"POST": Deed.DECIDED},
    "stage-changes-requested": {**LOOK, "POST": Deed.DECIDED},
    "file-original": {"GET": Deed.DOWNLOADED, "HEAD": None},
    "round-archive": {"GET": Deed.DOWNLOADED, "HEAD": None},
}
OPERATIONS: Doors = {
    "rounds/{round_id}/comments": {"GET": None, "POST": Deed.COMMENTED},
    "comments/{comment_id}": {"GET": None, "PATCH": Deed.COMMENTED, "DELETE": Deed.COMMENTED},
    "comments/{comment_id}/attachments": {"POST": Deed.COMMENTED},
    "attachments/{attachment_id}/content": {"GET": None},
    "rounds/{round_id}/feedback": {"GET": None},
    "feedback/{item_id}": {"GET": None, "PATCH": Deed.COMMENTED},
    "rounds/{round_id}/draft": {"GET": None, "PUT": None, "DELETE": None},
}


def is_open(match: ResolverMatch, method: str) -> bool:
    return method in _methods(match)


def deed_of(match: ResolverMatch, method: str) -> Deed | None:
    """What the log calls it; None where it is not worth a line."""
    return _methods(match).get(method)


def _methods(match: ResolverMatch) -> Mapping[str, Deed | None]:
    if match.route.startswith(API):
        return OPERATIONS.get(KIND.sub(r"{\1}", match.route.removeprefix(API)), {})
    return PAGES.get(str(match.url_name), {})
