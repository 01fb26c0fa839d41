"""How the demo's houses work: stages, pipelines, fields of their own, shared views. Tables."""

from signoff.pipelines.models import ApprovalType
from signoff.projects.models import CustomField

NONE, SIMPLE, FORMAL = ApprovalType.NONE, ApprovalType.SIMPLE, ApprovalType.FORMAL
PROJECT, DELIVERABLE = CustomField.Subject.PROJECT, CustomField.Subject.DELIVERABLE
Kind = CustomField.Kind

# pipeline -> (stage, approval, whose it is: a person, "maker" or "client", working days)
PIPELINES: dict[str, list[tuple[str, ApprovalType, str, int]]] = {
    "Campaign": [
        ("Concept", SIMPLE, "helen", 2),
        ("Design", NONE, "maker", 4),
        ("Retouch", NONE, "mei", 3),
        ("Internal review", SIMPLE, "helen", 1),
        ("Client approval", SIMPLE, "client", 3),
    ],
    "Film": [
        ("Script", SIMPLE, "helen", 3),
        ("Edit", NONE, "maker", 5),
        ("Rough cut approval", SIMPLE, "client", 3),
        ("Grade and mix", NONE, "jonas", 4),
        ("Client approval", FORMAL, "client", 4),
    ],
    "Social": [
        ("Design", NONE, "maker", 2),
        ("Internal review", SIMPLE, "helen", 1),
        ("Client approval", SIMPLE, "client", 1),
    ],
    "Packshot and retail": [
        ("Artwork", NONE, "maker", 3),
        ("Internal review", SIMPLE, "helen", 1),
        ("Client approval", SIMPLE, "client", 2),
        ("Print files", NONE, "maker", 1),
    ],
    "Packaging": [
        ("Artwork", NONE, "maker", 5),
        ("Internal review", SIMPLE, "helen", 1),
        ("Regulatory approval", FORMAL, "client", 5),
    ],
}
POST = {
    "Post": [
        ("Conform", NONE, "maker", 2),
        ("Grade", NONE, "maker", 6),
        ("Director's approval", SIMPLE, "client", 2),
    ],
}
PIPELINES_OF = {"fieldhouse-studio": PIPELINES, "northlight-post": POST}
DEFAULT_PIPELINES = frozenset({"Campaign", "Post"})
# In the library, ready for the next pipeline, used by none yet.
SPARE_STAGES = (("Copy", NONE), ("Translation", NONE), ("Legal check", SIMPLE), ("Sound", NONE))

# subject, name, kind, choices; the key is the name's slug
CUSTOM_FIELDS: list[tuple[CustomField.Subject, str, CustomField.Kind, list[str]]] = [
    (PROJECT, "Budget EUR", Kind.NUMBER, []),
    (PROJECT, "PO number", Kind.TEXT, []),
    (PROJECT, "Media", Kind.CHOICE, ["Mixed", "Online", "Print", "In store"]),
    (PROJECT, "First insertion", Kind.DATE, []),
    (PROJECT, "Rush", Kind.CHECKBOX, []),
    (PROJECT, "Account lead", Kind.PERSON, []),
    (DELIVERABLE, "Colour space", Kind.CHOICE, ["sRGB", "Display P3", "Rec. 709", "FOGRA51"]),
    (DELIVERABLE, "Running time (s)", Kind.NUMBER, []),
    (DELIVERABLE, "Legal line", Kind.CHECKBOX, []),
    (DELIVERABLE, "Media agency ref", Kind.TEXT, []),
]
COLOUR_SPACES = {
    "Out of home": "FOGRA51",
    "Retail": "FOGRA51",
    "Packaging": "FOGRA51",
    "Film": "Rec. 709",
    "Social": "Display P3",
    "Web and mail": "sRGB",
}

# owner, name, page, project's job number or "", query
SHARED_VIEWS = [
    ("ida", "Late jobs", "projects", "", "late=1"),
    ("tomas", "On hold", "projects", "", "status=on_hold"),
    ("ida", "Urgent and high", "grid", "20418", "priority=high&priority=urgent&group=none"),
    ("ida", "Film only", "grid", "20418", "kind=Film&group=status"),
    ("tomas", "To mend", "grid", "20451", "status=changes_requested"),
]

# What is said when changes are requested and the table has no words of its own.
REMARKS = [
    "Closer to the layout we agreed on, please.",
    "The headline breaks badly on the second line.",
    "Colours are colder than in the key visual.",
    "Please use the new logo, the one with the open counter.",
    "Too much is happening in the corner.",
    "The legal line is too small.",
    "Nearly there: half a second shorter at the end.",
]
