"""Version 1 of the API: its operations, one module a feature. v2 will be a folder beside this one."""

from signoff.api.v1 import (
    activity,
    comments,
    decisions,
    deliverables,
    drafts,
    feedback,
    files,
    grid,
    links,
    me,
    notifications,
    projects,
    reports,
    rounds,
    search,
    sheets,
    stages,
    uploads,
    views,
)
from signoff.api.version import ApiVersion

ABOUT = """Projects, deliverables, their stages, rounds and files. Send `Authorization: Bearer KEY`.

Refusals are problem+json (RFC 9457) with a stable `code`. In a PATCH an absent field stays as it is and null
clears it; `version` is the one you saw, and another one there is refused with 409. Lists that grow are read
page by page: send `next` back as `cursor`."""

api = ApiVersion(title="Signoff", version="1", description=ABOUT)
OF_WORK = (projects, grid, deliverables, stages, uploads, rounds, files)
OF_REVIEW = (comments, feedback, drafts, reports, decisions, links)
for module in (me, sheets, *OF_WORK, *OF_REVIEW, activity, search, views, notifications):
    api.add_router("", module.router)
