"""Kolibri Drinks: iced tea, a launch at full speed, a winter range, a relaunch film and an old job."""

from signoff.ops.demo.plan import ProjectPlan, rows

CLIENTS = {"": "sofie", "Social": "clara", "Web and mail": "clara", "Retail": "daniel"}

# name | type | specification | market | language | due | round/included | maker | stages | words | note
FIRST_LIGHT = """
Key visual, landscape     | Out of home  | 48-sheet, 6096 × 3048 mm  | Norway  | Norwegian | 2  | 4/3 | priya | aaaar | high   | Sun moved to the left third, can 8 % larger, new legal line.
Key visual, portrait      | Out of home  | 6-sheet, 1200 × 1800 mm   | Norway  | Norwegian | 2  | 3/3 | priya | aaacn | high   | Crop the leaf, it touches the legal line.
Bergen station takeover   | Out of home  | 12 panels, mixed sizes    | Norway  | Norwegian | -3 | 2/3 | priya | aapnn | urgent | Waiting for the panel plan from the station.
Tram wrap, line 1         | Out of home  | Vehicle, 24.6 m           | Sweden  | Swedish   | 9  | 1/3 | amara | apnnn |        |
Digital 6-sheet loop      | Out of home  | 1080 × 1920, 10 s         | Norway  | Norwegian | 5  | 2/3 | jonas | aasrn |        |
Bus stop, peach           | Out of home  | 1185 × 1750 mm            | Norway  | Norwegian | -4 | 2/3 | priya | aaaaa | delivered |
Bus stop, mint            | Out of home  | 1185 × 1750 mm            | Norway  | Norwegian | -4 | 2/3 | priya | aaaaa | delivered |
Bus stop, yuzu            | Out of home  | 1185 × 1750 mm            | Norway  | Norwegian | 6  | 1/3 | priya | aapnn |        |
First sip, 40 s hero film | Film         | 16:9 UHD, 25 fps          | Nordics | English   | 1  | 3/4 | luca  | aaaac | urgent | Hold on the can 8 frames longer, and bring the birds up in the mix.
First sip, 20 s           | Film         | 16:9 UHD, 25 fps          | Nordics | English   | 4  | 2/4 | luca  | aapnn |        |
First sip, 6 s bumper     | Film         | 16:9 HD, 25 fps           | Nordics | English   | 4  | 1/2 | luca  | apnnn |        |
First sip, vertical 15 s  | Film         | 9:16, 25 fps              | Nordics | English   | -1 | 2/3 | luca  | aaacn | high   | Safe area of the story frame cuts the logo.
Cinema master             | Film         | DCP, 24 fps, 5.1          | Norway  | Norwegian | 16 | 1/2 | luca  | pnnnn |        |
Making of                 | Film         | 16:9 HD                   | Nordics | English   | 21 | 0/2 | luca  | nnnnn | low    |
Story, peach              | Social       | 1080 × 1920               | Norway  | Norwegian | 3  | 2/2 | amara | aasar |        |
Story, mint               | Social       | 1080 × 1920               | Norway  | Norwegian | 3  | 2/2 | amara | aasar |        |
Story, yuzu               | Social       | 1080 × 1920               | Norway  | Norwegian | 3  | 3/2 | amara | aasac | high   | Yellow is too orange on phones.
Feed square, peach        | Social       | 1080 × 1080               | Norway  | Norwegian | 3  | 1/2 | amara | aasaa |        |
Feed square, mint         | Social       | 1080 × 1080               | Norway  | Norwegian | -2 | 1/2 | amara | aasaa | delivered |
Feed square, yuzu         | Social       | 1080 × 1080               | Norway  | Norwegian | -2 | 1/2 | amara | aasaa | delivered |
Carousel, brewing in four steps | Social | 4 × 1080 × 1350           | Nordics | English   | 7  | 1/2 | amara | apsnn |        |
Cinemagraph, lake         | Social       | 1080 × 1350, loop         | Nordics | English   | 8  | 1/2 | jonas | apnnn |        |
Creator kit               | Social       | ZIP, 14 files             | Nordics | English   | 10 | 0/1 | noor  | nnsnn | low    |
Packshot, peach           | Retail       | 4000 × 4000               | Nordics |           | -2 | 2/2 | mei   | saaar | high   | Daniel checks the nutrition table.
Packshot, mint            | Retail       | 4000 × 4000               | Nordics |           | 0  | 2/2 | mei   | saaaa |        |
Packshot, yuzu            | Retail       | 4000 × 4000               | Nordics |           | 4  | 1/2 | mei   | sapnn |        |
Trio, shelf               | Retail       | 6000 × 4000               | Nordics |           | 4  | 1/2 | mei   | sapnn |        |
Wobbler                   | Retail       | 120 mm round              | Denmark | Danish    | 11 | 1/2 | priya | apnnn |        |
Shelf strip               | Retail       | 1000 × 40 mm, 4 languages | Nordics | Danish    | 11 | 1/2 | amara | apnnn |        |
Fridge sticker            | Retail       | 300 × 300 mm              | Denmark | Danish    | 12 | 0/2 | priya | nnnnn |        |
Display, half pallet      | Retail       | Dieline, 1:5              | Sweden  | Swedish   | 18 | 0/3 | priya | pnnnn |        |
Launch page hero          | Web and mail | 2880 × 1440               | Nordics | English   | 5  | 2/3 | amara | aaarn |        |
Launch page, flavours     | Web and mail | 3 × 1200 × 1200           | Nordics | English   | 5  | 1/3 | amara | apnnn |        |
Newsletter header         | Web and mail | 1200 × 600                | Norway  | Norwegian | 6  | 1/2 | amara | aasaa |        |
Shop banner set           | Web and mail | 9 sizes                   | Nordics | English   | 6  | 2/2 | amara | aasrn |        |
HTML5 banner, 300 × 600   | Web and mail | ZIP, 150 kB               | Norway  | Norwegian | 8  | 0/2 | jonas | nnsnn |        |
HTML5 banner, 970 × 250   | Web and mail | ZIP, 150 kB               | Norway  | Norwegian | 8  | 0/2 | jonas | nnsnn |        |
Favicon and share image   | Web and mail | 1200 × 630                | Nordics |           | 8  | 1/1 | amara | sasaa |        |
Store locator pin         | Web and mail | SVG                       | Nordics |           | 14 | 0/1 | noor  | snsnn | low    |
Press kit                 | Web and mail | PDF, 12 pages             | Nordics | English   | 15 | 1/2 | amara | nnnnn | hold   | On hold until the tasting date is fixed.
"""

WINTER_RANGE = """
Long way home, poster      | Out of home | 6-sheet, 1200 × 1800 mm | Norway | Norwegian | 0  | 2/3 | priya | aaaar | high | Helen is happy; the blue of the scarf is Kolibri's to decide.
Long way home, radio 20 s  | Audio       | WAV, 48 kHz, 20 s       | Norway | Norwegian | 0  | 2/2 | luca  | aasar |      |
Winter range, DOOH         | Out of home | 1080 × 1920, 8 s        | Sweden | Swedish   | 5  | 1/2 | jonas | aapnn |      |
Spiced apple, packshot     | Retail      | 4000 × 4000             | Nordics |          | 3  | 1/2 | mei   | saarn |      |
Ginger, packshot           | Retail      | 4000 × 4000             | Nordics |          | 3  | 1/2 | mei   | sapnn |      |
Advent calendar, 24 tiles  | Social      | 24 × 1080 × 1080        | Nordics | English  | 7  | 1/2 | amara | apsnn | high |
Gift box sleeve            | Retail      | Dieline, 4/4            | Norway | Norwegian | -6 | 3/2 | priya | aaaaa | delivered | The third round was charged: new text after approval.
Recipe card, mulled tea    | Retail      | A6, 2 pages             | Norway | Norwegian | 10 | 0/2 | priya | nnnnn |      |
Newsletter, first snow     | Web and mail | 1200 × 600             | Norway | Norwegian | 12 | 0/2 | amara | nnsnn |      |
"""

ZERO = """
Zero, key visual route A | Out of home | 6-sheet, 1200 × 1800 mm | Nordics | English | 24 | 0/3 | priya | nnnnn | |
Zero, key visual route B | Out of home | 6-sheet, 1200 × 1800 mm | Nordics | English | 24 | 0/3 | amara | nnnnn | |
Zero, mood film          | Film        | 16:9 HD, 60 s           | Nordics | English | 26 | 0/1 | luca  | nnsnn | |
"""

RELAUNCH = """
Peach again, film 45 s     | Film | 16:9 UHD, 25 fps | Denmark | Danish    | 2  | 3/3 | luca  | aaaar | high | Brand and legal decide formally on the final cut.
Peach again, 15 s          | Film | 16:9 UHD, 25 fps | Denmark | Danish    | 5  | 1/2 | luca  | aarnn |      |
Peach again, 6 s           | Film | 16:9 UHD, 25 fps | Denmark | Danish    | 5  | 1/2 | luca  | aacnn |      | The can must be whole in the last second.
Peach again, vertical      | Film | 9:16, 25 fps     | Denmark | Danish    | 7  | 1/2 | jonas | aaapn |      |
End frames, 6 languages    | Film | PSD and MOV      | Nordics | Six       | 9  | 0/2 | jonas | snnns |      |
Radio cut-down             | Film | WAV, 48 kHz, 20 s | Denmark | Danish   | -3 | 1/1 | luca  | aaaas | delivered |
Behind the scenes, photos  | Film | 12 JPEG          | Denmark |           | -1 | 1/1 | jonas | saaas |      |
"""

PROJECTS = (
    ProjectPlan(
        job_number="20418",
        name="First light launch",
        team="kolibri",
        owner="ida",
        pipeline="Campaign",
        starts=-34,
        due=20,
        tags=["launch", "summer"],
        brief="Kolibri First light is an iced tea brewed at dawn. Three flavours, four countries, one idea: it tastes "
        "like first light. Warm colours, real light, no splashes. Every panel shows the legal line for caffeine.",
        custom={"budget-eur": 185000, "po-number": "KD-7741", "media": "Mixed", "first-insertion": 24},
        clients=CLIENTS,
        rows=rows(FIRST_LIGHT),
    ),
    ProjectPlan(
        job_number="20433",
        name="Winter range",
        team="kolibri",
        owner="tomas",
        pipeline="Campaign",
        starts=-24,
        due=14,
        tags=["seasonal"],
        brief="Two winter flavours for the Nordic shops, on the look of First light after sunset.",
        custom={"budget-eur": 62000, "po-number": "KD-7768", "media": "In store"},
        clients=CLIENTS,
        rows=rows(WINTER_RANGE),
    ),
    ProjectPlan(
        job_number="20440",
        name="Peach again, relaunch film",
        team="kolibri",
        owner="ida",
        pipeline="Film",
        starts=-23,
        due=11,
        tags=["film", "relaunch"],
        brief="The oldest flavour gets a new film. Kolibri approves the final cut formally, brand and legal together.",
        custom={"budget-eur": 88000, "po-number": "KD-7790", "media": "Online", "rush": True},
        clients={"": "sofie"},
        rows=rows(RELAUNCH),
    ),
    ProjectPlan(
        job_number="20447",
        name="Kolibri Zero, first routes",
        team="kolibri",
        owner="ida",
        pipeline="Campaign",
        status="draft",
        starts=3,
        due=28,
        tags=["launch"],
        brief="Not briefed yet. Sofie wants two routes and a mood film before the budget is set.",
        clients=CLIENTS,
        rows=rows(ZERO),
    ),
)
