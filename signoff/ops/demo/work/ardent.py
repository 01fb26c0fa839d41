"""Ardent Running: a spring campaign, a film with formal approval, stores, and a job that stands still."""

from signoff.ops.demo.plan import ProjectPlan, rows

CLIENTS = {"": "pilar"}

DAWN_MILES = """
Dawn miles, key visual      | Out of home | 48-sheet, 6096 × 3048 mm | Germany | German  | 6  | 2/3 | priya | aaarn | high | Runner a little smaller, so that the road reads first.
Dawn miles, portrait        | Out of home | 6-sheet, 1200 × 1800 mm  | Germany | German  | 6  | 1/3 | priya | aapnn |      |
City lights, Berlin         | Out of home | 1080 × 1920, 10 s        | Germany | German  | 9  | 1/2 | jonas | apnnn |      |
City lights, Copenhagen     | Out of home | 1080 × 1920, 10 s        | Denmark | Danish  | 9  | 0/2 | jonas | annnn |      |
Leaderboards                | Web and mail | 728 × 90, 970 × 250     | Germany | German  | 3  | 1/2 | amara | aasar |      |
Club mailer                 | Web and mail | 600 px, 6 modules       | Germany | German  | -1 | 2/2 | amara | aasac | high | The second button goes to last season's page.
Pace band                   | Retail      | 250 × 25 mm              | Germany | German  | -8 | 1/1 | priya | saaaa | delivered |
Race bib, 10 km             | Retail      | 240 × 200 mm             | Germany | German  | -5 | 1/1 | priya | saaaa | delivered |
Finish arch                 | Retail      | 6 × 4 m, textile         | Germany | German  | 12 | 1/2 | priya | apnnn |      |
Story set, training plan    | Social      | 5 × 1080 × 1920          | Germany | German  | 4  | 1/2 | amara | aasaa |      |
"""

TRAIL = """
Trail 3, launch film 60 s   | Film | 16:9 UHD, 24 fps    | Europe  | English | 5  | 3/3 | luca  | aaaar | urgent | Pilar, the board and the athletes' agents decide on this one.
Trail 3, 30 s               | Film | 16:9 UHD, 24 fps    | Europe  | English | 8  | 1/3 | luca  | aarnn |      |
Trail 3, 15 s               | Film | 16:9 UHD, 24 fps    | Europe  | English | 8  | 1/2 | luca  | apnnn |      |
Trail 3, 6 s, three cuts    | Film | 9:16, 25 fps        | Europe  | English | 10 | 0/2 | luca  | annnn |      |
Athlete portrait, Ida       | Film | 1:1, 45 s           | Norway  | Norwegian | -2 | 2/2 | jonas | aaaac | high | The route on the map is the old one.
Athlete portrait, Kwame     | Film | 1:1, 45 s           | Germany | German  | 2  | 2/2 | jonas | aaaas |      | Covered by the approval of the first portrait.
Athlete portrait, Noemi     | Film | 1:1, 45 s           | Spain   | Spanish | 2  | 1/2 | jonas | aaann |      |
Trailer for stores, no sound | Film | 16:9 HD, loop      | Europe  |         | 14 | 0/1 | luca  | nnnnn | low  |
Subtitles                   | Film | SRT, 9 languages    | Europe  |         | 15 | 0/1 | noor  | snnns |      |
"""

WINDOWS = """
Window, Hamburg      | Retail | 2400 × 3000 mm, 3 layers | Germany | German  | 1  | 1/2 | priya | arnn |      |
Window, Munich       | Retail | 1800 × 2600 mm, 3 layers | Germany | German  | 1  | 1/2 | priya | arnn |      |
Window, Copenhagen   | Retail | 2100 × 2800 mm, 2 layers | Denmark | Danish  | 3  | 1/2 | mei   | pnnn |      |
Window, Madrid       | Retail | 2600 × 3100 mm, 3 layers | Spain   | Spanish | 3  | 0/2 | mei   | nnnn |      |
Shoe plinth card     | Retail | A5, 4/0                  | Europe  | English | -7 | 1/1 | amara | aaaa | delivered |
Till poster          | Retail | A3, 4/0                  | Europe  | English | -3 | 2/2 | amara | aaaa |      |
Fitting room mirror  | Retail | Vinyl, 600 × 1600 mm     | Germany | German  | 6  | 0/1 | mei   | nnnn | cancelled |
"""

RELAY = """
Relay, key visual    | Out of home | 48-sheet, 6096 × 3048 mm | Spain | Spanish | 30 | 1/3 | priya | aannn | hold | The race has moved to autumn.
Relay, radio 30 s    | Audio       | WAV, 48 kHz, 30 s        | Spain | Spanish | 30 | 0/2 | luca  | nnsnn | hold |
Relay, app banner    | Web and mail | 1200 × 628              | Spain | Spanish | 32 | 0/2 | amara | nnsnn | cancelled |
"""

PROJECTS = (
    ProjectPlan(
        job_number="20451",
        name="Dawn miles, spring campaign",
        team="ardent",
        owner="tomas",
        pipeline="Campaign",
        starts=-26,
        due=18,
        tags=["spring", "race"],
        brief="People who run before work. Cold streets, warm breath, no stadiums. Shoes are seen from behind.",
        custom={"budget-eur": 118000, "po-number": "AR-0913", "media": "Mixed", "first-insertion": 21},
        clients=CLIENTS,
        rows=rows(DAWN_MILES),
    ),
    ProjectPlan(
        job_number="20460",
        name="Trail 3 launch film",
        team="ardent",
        owner="ida",
        pipeline="Film",
        starts=-31,
        due=16,
        tags=["launch", "film"],
        brief="One film, three lengths, three portraits. Shot in Lofoten and the Harz. Ardent approves the final cut "
        "formally: marketing, the board and the athletes' agents.",
        custom={"budget-eur": 240000, "po-number": "AR-0920", "media": "Online", "first-insertion": 17},
        clients=CLIENTS,
        rows=rows(TRAIL),
    ),
    ProjectPlan(
        job_number="20466",
        name="Store windows, first quarter",
        team="ardent",
        owner="tomas",
        pipeline="Packshot and retail",
        starts=-20,
        due=8,
        tags=["retail"],
        brief="Four windows and what stands inside. Build plans come from the shopfitter, drawings are in the folder.",
        custom={"budget-eur": 41000, "media": "In store"},
        clients=CLIENTS,
        rows=rows(WINDOWS),
    ),
    ProjectPlan(
        job_number="20471",
        name="Night relay",
        team="ardent",
        owner="tomas",
        pipeline="Campaign",
        status="on_hold",
        starts=-22,
        due=34,
        tags=["race"],
        brief="A relay through the night. On hold: the organiser has moved the date.",
        custom={"budget-eur": 35000, "media": "Mixed"},
        clients=CLIENTS,
        rows=rows(RELAY),
    ),
)
