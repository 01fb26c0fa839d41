"""Northlight's pictures."""

from signoff.ops.demo.drawing.harbour import frame
from signoff.ops.demo.drawing.look import Look, Words
from signoff.ops.demo.drawing.plates import Pictures, Plate

QUAY = Words("figure", "sun", "lamp")

PICTURES = {
    ("NP-0031", "Harbour, grade, reel 1"): Pictures(
        (
            Plate(
                "harbour_reel1_010_0040",
                frame,
                (1920, 800),
                Look(line="HARBOUR  reel 1  010_0040  grade v1", sun=0.62, warmth=-0.3),
            ),
            Plate(
                "harbour_reel1_010_0090",
                frame,
                (1920, 800),
                Look(line="HARBOUR  reel 1  010_0090  grade v1", sun=0.36, warmth=0.5, product=1.35),
            ),
        ),
        QUAY,
        (),
    ),
    ("NP-0031", "Harbour, titles"): Pictures(
        (
            Plate(
                "harbour_titles_main",
                frame,
                (1920, 800),
                Look(("HARBOUR", "music by Ejnar Holmgaard"), sun=0.6, light=-0.25, accents=False),
                "png",
            ),
        ),
        QUAY,
        ({"headline": ("HARBOUR", "music by Einar Holmgård"), "light": 0.0},),
    ),
}
