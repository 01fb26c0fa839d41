"""Northlight Post: a second house on the same server, so that anyone can see that nothing is shared."""

from signoff.ops.demo.plan import ProjectPlan, rows

HARBOUR = """
Harbour, grade, reel 1 | Film | DCP, 24 fps | Denmark | Danish | 3  | 1/2 | luca | apn | |
Harbour, grade, reel 2 | Film | DCP, 24 fps | Denmark | Danish | 6  | 0/2 | luca | ann | |
Harbour, titles        | Film | 2K, ProRes  | Denmark | Danish | -1 | 2/2 | luca | aar | high | The name of the composer has two spellings.
Harbour, trailer       | Film | 16:9, 90 s  | Denmark | Danish | 12 | 0/1 | luca | nnn | |
"""

PROJECTS = (
    ProjectPlan(
        job_number="NP-0031",
        name="Harbour, feature film",
        team="saltworks",
        owner="sam",
        pipeline="Post",
        starts=-21,
        due=16,
        tags=["feature"],
        brief="Grade, titles and trailer for a feature film of 96 minutes.",
        clients={"": ""},
        rows=rows(HARBOUR),
    ),
)
