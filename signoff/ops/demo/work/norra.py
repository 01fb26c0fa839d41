"""Norra Rail: sleeper trains, a timetable that is done, and one that lies in the archive."""

from signoff.ops.demo.plan import ProjectPlan, rows

CLIENTS = {"": "anders"}

SLEEPER = """
By night, station poster   | Out of home  | 1400 × 2000 mm           | Sweden | Swedish   | -1 | 3/3 | priya | aaarn | high | Round 3 answers all notes but the moon.
By night, platform screens | Out of home  | 1920 × 1080, 12 s        | Sweden | Swedish   | 4  | 2/3 | jonas | aasar |      |
Sleeper trains, radio      | Audio        | WAV, 48 kHz, 25 s        | Sweden | Swedish   | 3  | 1/2 | luca  | aasrn |      |
Berth card                 | Retail       | 85 × 200 mm              | Sweden | Swedish   | 7  | 1/2 | priya | aapnn |      |
Window map, Narvik         | Retail       | 800 × 300 mm             | Norway | Norwegian | 10 | 1/2 | amara | apnnn |      |
Breakfast menu             | Retail       | A5, 8 pages              | Sweden | Swedish   | 13 | 0/2 | amara | pnnnn |      |
Sleeper app, start screen  | Web and mail | 1170 × 2532, light, dark | Sweden | Swedish   | 5  | 2/2 | amara | aaaar |      |
Ticket mail                | Web and mail | 600 px, 3 modules        | Sweden | Swedish   | -6 | 1/2 | amara | aasaa | delivered |
Story, first light at Abisko | Social     | 1080 × 1920, 15 s        | Norway | Norwegian | 2  | 1/2 | jonas | aasaa |      |
Conductor's pin            | Retail       | Enamel, 20 mm            | Sweden |           | 0  | 2/1 | priya | aaaar |      | One round over the agreement.
Dog sign                   | Retail       | 200 × 200 mm             | Sweden | Swedish   | 16 | 0/1 | noor  | nnnnn | low  |
"""

APP = """
Onboarding, five screens   | Web and mail | 1170 × 2532              | Sweden | Swedish   | 6  | 1/2 | amara | aapnn |      |
Empty states, twelve       | Web and mail | SVG, light, dark         | Sweden |           | 9  | 1/2 | amara | pnnnn |      |
Delay explained, animation | Film         | Lottie, 8 s              | Sweden | Swedish   | 2  | 1/2 | jonas | aasrn | high |
Store pictures             | Web and mail | 10 × 1290 × 2796         | Sweden | Swedish   | 11 | 0/1 | amara | nnnnn |      |
Widget, next train         | Web and mail | 3 sizes, light, dark     | Sweden | Swedish   | 1  | 2/2 | amara | aaaac |      | The minutes jump when the clock changes width.
Icon, winter               | Web and mail | 1024 × 1024              | Sweden |           | -4 | 1/1 | amara | aaaaa | delivered |
"""

TIMETABLE = """
Timetable poster, north    | Out of home  | 700 × 1000 mm            | Sweden | Swedish   | -9  | 2/2 | priya | aaaaa | delivered |
Timetable poster, south    | Out of home  | 700 × 1000 mm            | Sweden | Swedish   | -9  | 1/2 | priya | aaaaa | delivered |
Pocket timetable           | Retail       | 74 × 105 mm, 64 pages    | Sweden | Swedish   | -11 | 3/2 | amara | aaaaa | delivered | Two rounds for one bridge: the second was charged.
Platform announcement      | Audio        | WAV, 48 kHz              | Sweden | Swedish   | -12 | 1/1 | luca  | aasaa | delivered |
Web banner, new times      | Web and mail | 1200 × 628               | Sweden | Swedish   | -10 | 1/1 | amara | aasaa | delivered |
"""

CROSSING = """
Crossing sign, day         | Out of home  | 900 × 900 mm             | Sweden | Swedish   | -21 | 1/2 | priya | aaaaa | delivered |
Crossing sign, night       | Out of home  | 900 × 900 mm, reflecting | Sweden | Swedish   | -21 | 2/2 | priya | aaaaa | delivered |
School leaflet             | Retail       | A4, folded               | Sweden | Swedish   | -20 | 1/1 | amara | aasaa | delivered |
Cinema spot, 20 s          | Film         | DCP, 24 fps              | Sweden | Swedish   | -20 | 1/2 | luca  | aannn | cancelled | The cinemas have closed for the season.
"""

PROJECTS = (
    ProjectPlan(
        job_number="20495",
        name="Sleeper trains 2027",
        team="norra",
        owner="tomas",
        pipeline="Campaign",
        starts=-30,
        due=24,
        tags=["launch", "travel"],
        brief="Go to bed in Stockholm, wake up above the Arctic Circle. Nothing in this campaign is in a hurry.",
        custom={"budget-eur": 96000, "po-number": "NR-118", "media": "Mixed", "first-insertion": 27},
        clients=CLIENTS,
        rows=rows(SLEEPER),
    ),
    ProjectPlan(
        job_number="20499",
        name="App pictures and motion",
        team="norra",
        owner="ida",
        pipeline="Campaign",
        starts=-19,
        due=15,
        tags=["product"],
        brief="What the app shows when there is nothing to show, and how it says that a train is late.",
        custom={"budget-eur": 38000, "media": "Online"},
        clients=CLIENTS,
        source="api",
        rows=rows(APP),
    ),
    ProjectPlan(
        job_number="20402",
        name="Winter timetable",
        team="norra",
        owner="tomas",
        pipeline="Campaign",
        status="completed",
        starts=-34,
        due=-8,
        tags=["timetable"],
        brief="New times from the second Sunday of December, everywhere on the same night.",
        custom={"budget-eur": 22000, "po-number": "NR-109", "media": "Print"},
        clients=CLIENTS,
        source="xlsx",
        rows=rows(TIMETABLE),
    ),
    ProjectPlan(
        job_number="20377",
        name="Level crossing safety",
        team="norra",
        owner="ida",
        pipeline="Campaign",
        status="completed",
        starts=-35,
        due=-19,
        archived=-12,
        tags=["safety"],
        brief="Look twice. For drivers and for children on their way to school.",
        custom={"budget-eur": 31000, "po-number": "NR-098", "media": "Print"},
        clients=CLIENTS,
        rows=rows(CROSSING),
    ),
)
