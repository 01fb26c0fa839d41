"""Maren Skincare: a refill launch, social that never ends, and packs that the law must see."""

from signoff.ops.demo.plan import ProjectPlan, rows

CLIENTS = {"": "maya"}

NIGHT_OIL = """
Night oil, packshot        | Retail       | 5000 × 5000             | Europe  |         | 4  | 1/2 | mei   | saaar |      | Reflection on the dropper is new in this round.
Night oil, mailer          | Web and mail | 600 px, 4 modules       | France  | French  | 1  | 2/2 | amara | aasar | high |
Night oil, pack refill     | Retail       | Dieline, 5/1            | Europe  | French  | 5  | 2/2 | priya | aaacn |      | The refill mark is too close to the fold.
Texture macro              | Retail       | 6000 × 4000             | Europe  |         | -5 | 1/2 | mei   | saaaa | delivered |
Shelf talker               | Retail       | 90 × 120 mm             | France  | French  | 7  | 1/2 | priya | aapnn |      |
Store film, 12 s loop      | Film         | 9:16, no sound          | Europe  |         | 9  | 0/2 | jonas | annnn |      |
Press image                | Web and mail | 3000 × 2000             | Europe  |         | 2  | 1/1 | mei   | saaaa |      |
How to refill, 4 pictures  | Social       | 4 × 1080 × 1350         | Europe  | French  | 6  | 1/2 | amara | apsnn |      |
"""

ALWAYS_ON = """
Week 46, ingredient        | Social | 1080 × 1350             | France  | French  | -10 | 1/1 | amara | aaa | delivered |
Week 46, routine reel      | Social | 9:16, 20 s              | France  | French  | -9 | 2/1 | jonas | aaa | delivered | The second round was charged.
Week 47, question box      | Social | 1080 × 1920             | France  | French  | -3 | 1/1 | amara | aaa | delivered |
Week 47, before breakfast  | Social | 9:16, 15 s              | France  | French  | -2 | 1/1 | jonas | aaa |      |
Week 48, refill reel       | Social | 9:16, 20 s              | France  | French  | 0  | 1/1 | jonas | aar | high |
Week 48, carousel          | Social | 5 × 1080 × 1350         | France  | French  | 1  | 1/1 | amara | arn |      |
Week 48, quote             | Social | 1080 × 1080             | France  | French  | 2  | 1/1 | amara | acn |      | Maren never uses exclamation marks.
Week 49, advent, door 1 to 4 | Social | 4 × 1080 × 1080       | France  | French  | 5  | 0/1 | amara | pnn |      |
Week 49, gift finder       | Social | 3 × 1080 × 1920         | France  | French  | 7  | 0/1 | amara | pnn |      |
Week 50, advent, door 5 to 12 | Social | 8 × 1080 × 1080      | France  | French  | 12 | 0/1 | amara | nnn |      |
Week 50, year in pictures  | Social | 9:16, 30 s              | France  | French  | 14 | 0/1 | jonas | nnn | low  |
"""

LABELS = """
Day cream, 50 ml, front    | Packaging | Dieline, 3/0            | Europe  | French, English | 3  | 2/2 | priya | aar |      | Regulatory decides; the ingredient list has changed.
Day cream, 50 ml, back     | Packaging | Dieline, 3/0            | Europe  | French, English | 3  | 2/2 | priya | aar | high |
Cleanser, 150 ml           | Packaging | Sleeve, 2/1             | Europe  | French, English | 8  | 1/2 | priya | arn |      |
Eye balm, 15 ml            | Packaging | Tube, 2/0               | Europe  | French, English | 8  | 1/2 | amara | acn |      | Type is 5.4 pt, the rule says 6.
Sun milk, 100 ml           | Packaging | Tube, 4/0               | Europe  | French, English | 11 | 0/2 | amara | pnn |      |
Leaflet, nine languages    | Packaging | 420 × 297 mm, folded    | Europe  | Nine            | -1 | 1/3 | priya | pnn | urgent | Two translations are missing.
Refill pouch, front        | Packaging | Pouch, 5/0              | Europe  | French, English | 19 | 0/2 | priya | nnn |      |
"""

PROJECTS = (
    ProjectPlan(
        job_number="20482",
        name="Night oil refill",
        team="maren",
        owner="ida",
        pipeline="Campaign",
        starts=-25,
        due=12,
        tags=["launch", "refill"],
        brief="The bottle stays, the oil comes again. Show the refill as something to look forward to.",
        custom={"budget-eur": 54000, "po-number": "MS-2207", "media": "In store"},
        clients=CLIENTS,
        rows=rows(NIGHT_OIL),
    ),
    ProjectPlan(
        job_number="20485",
        name="Always on, fourth quarter",
        team="maren",
        owner="tomas",
        pipeline="Social",
        starts=-33,
        due=30,
        tags=["social", "retainer"],
        brief="Three posts a week. Maya answers within the day, so nothing may wait for us.",
        custom={"budget-eur": 4500, "media": "Online"},
        clients=CLIENTS,
        rows=rows(ALWAYS_ON),
    ),
    ProjectPlan(
        job_number="20490",
        name="Label update, new ingredient rule",
        team="maren",
        owner="ida",
        pipeline="Packaging",
        starts=-18,
        due=22,
        tags=["packaging", "legal"],
        brief="Every pack with retinol needs the new warning by the end of the quarter. Regulatory affairs decides "
        "formally on each label; print takes nothing without it.",
        custom={"budget-eur": 28000, "po-number": "MS-2215", "media": "Print", "rush": True},
        clients=CLIENTS,
        rows=rows(LABELS),
    ),
)
