"""Who the demo shows: two houses, their client teams and their people. Tables; `load.py` makes the rows."""

from dataclasses import dataclass

from signoff.accounts.models import Role

PASSWORD = "fieldhouse-demo"


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """`hue` is the colour of the person's avatar; `team` the client team that a client viewer is held to."""

    key: str
    name: str
    email: str
    role: str
    hue: int
    team: str = ""
    is_new: bool = False
    is_service: bool = False


@dataclass(frozen=True, slots=True)
class HousePlan:
    name: str
    slug: str
    domain: str
    job_number: str
    accent: str
    teams: dict[str, tuple[str, str]]
    people: tuple[PersonPlan, ...]


FIELDHOUSE = HousePlan(
    name="Fieldhouse Studio",
    slug="fieldhouse-studio",
    domain="fieldhouse.example",
    job_number="OMG #",
    accent="#2a54d0",
    teams={
        "kolibri": ("Kolibri Drinks", "#d9486a"),
        "ardent": ("Ardent Running", "#8aa800"),
        "maren": ("Maren Skincare", "#a8744a"),
        "norra": ("Norra Rail", "#3a6bc9"),
    },
    people=(
        PersonPlan("ida", "Ida Lindqvist", "ida@fieldhouse.example", Role.ADMIN, 1),
        PersonPlan("tomas", "Tomás Reyes", "tomas@fieldhouse.example", Role.PRODUCER, 3),
        PersonPlan("mei", "Mei Tanaka", "mei@fieldhouse.example", Role.MAKER, 7),
        PersonPlan("helen", "Helen Brandt", "helen@fieldhouse.example", Role.REVIEWER, 8),
        PersonPlan("sofie", "Sofie Karlsen", "sofie@fieldhouse.example", Role.CLIENT_VIEWER, 7, team="kolibri"),
        PersonPlan("noor", "Noor Haddad", "new.colleague@fieldhouse.example", Role.MAKER, 4, is_new=True),
        PersonPlan("priya", "Priya Nair", "priya@fieldhouse.example", Role.MAKER, 2),
        PersonPlan("jonas", "Jonas Weber", "jonas@fieldhouse.example", Role.MAKER, 6),
        PersonPlan("luca", "Luca Ferri", "luca@fieldhouse.example", Role.MAKER, 5),
        PersonPlan("amara", "Amara Obi", "amara@fieldhouse.example", Role.MAKER, 4),
        PersonPlan("daniel", "Daniel Okafor", "daniel@fieldhouse.example", Role.CLIENT_VIEWER, 6, team="kolibri"),
        PersonPlan("clara", "Clara Voss", "clara@fieldhouse.example", Role.CLIENT_VIEWER, 5, team="kolibri"),
        PersonPlan("pilar", "Pilar Ortega", "pilar@fieldhouse.example", Role.CLIENT_VIEWER, 3, team="ardent"),
        PersonPlan("maya", "Maya Fournier", "maya@fieldhouse.example", Role.CLIENT_VIEWER, 2, team="maren"),
        PersonPlan("anders", "Anders Moe", "anders@fieldhouse.example", Role.CLIENT_VIEWER, 1, team="norra"),
        PersonPlan(
            "robot", "Planning sheet", "planning.sheet@fieldhouse.example", Role.INTEGRATION, 8, is_service=True
        ),
    ),
)
NORTHLIGHT = HousePlan(
    name="Northlight Post",
    slug="northlight-post",
    domain="northlight.example",
    job_number="Reel no.",
    accent="#0f766e",
    teams={"saltworks": ("Saltworks Film", "#7c3aed")},
    people=(
        PersonPlan("sam", "Sam Okoro", "sam@northlight.example", Role.ADMIN, 6),
        # Luca works for both houses: his page offers to change between them.
        PersonPlan("luca", "Luca Ferri", "luca@fieldhouse.example", Role.MAKER, 5),
    ),
)
HOUSES = (FIELDHOUSE, NORTHLIGHT)

# (role, name, e-mail, password): the people that the start banner names.
DEMO_PEOPLE: list[tuple[str, str, str, str]] = [
    (words, person.name, person.email, PASSWORD)
    for words, key, house in (
        ("admin", "ida", FIELDHOUSE),
        ("producer", "tomas", FIELDHOUSE),
        ("maker", "mei", FIELDHOUSE),
        ("reviewer", "helen", FIELDHOUSE),
        ("client viewer, Kolibri Drinks", "sofie", FIELDHOUSE),
        ("client viewer, Norra Rail", "anders", FIELDHOUSE),
        ("maker, must choose a password", "noor", FIELDHOUSE),
        ("admin of another studio", "sam", NORTHLIGHT),
    )
    for person in house.people
    if person.key == key
]
