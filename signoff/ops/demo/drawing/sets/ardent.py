"""Ardent's pictures."""

from signoff.ops.demo.drawing import ardent as a
from signoff.ops.demo.drawing.look import Look, Words
from signoff.ops.demo.drawing.plates import Pictures, Plate

STREET = Words("runner", "sunrise", "street lamps")
SHOE = Words("shoe", "light", "course lines")
BEFORE = ("RUN BEFORE", "THE DAY DOES")
DAWN = Look(BEFORE, "Dawn miles. From 06:18, everywhere.", "Ardent Running GmbH, Berlin. ardent.example/dawn", sun=0.44)
LONG = ("RUN THE", "LONG WAY", "HOME")
JOB, STORES = "20451", "20466"


def _window(town: str, variant: str, headline: tuple[str, ...]) -> Pictures:
    look = Look(headline, f"Window, {town}, front, 1:10", variant=variant)
    return Pictures((Plate(f"ardent_window_{town.lower()}", a.window, (1200, 1500), look),), SHOE, ())


PICTURES = {
    (JOB, "Dawn miles, key visual"): Pictures(
        (Plate("ardent_dawnmiles_kv", a.dawn_miles, (2000, 1000), DAWN),),
        STREET,
        ({"product": 1.18, "sun": 0.56, "warmth": -0.5},),
    ),
    (JOB, "Dawn miles, portrait"): Pictures(
        (
            Plate(
                "ardent_dawnmiles_portrait",
                a.dawn_miles,
                (1200, 1800),
                Look(("RUN", "BEFORE", "THE DAY"), DAWN.line, DAWN.legal, sun=0.42),
            ),
        ),
        STREET,
        (),
    ),
    (JOB, "City lights, Berlin"): Pictures(
        (
            Plate(
                "ardent_citylights_berlin",
                a.dawn_miles,
                (1080, 1920),
                Look(("BERLIN", "IS STILL", "ASLEEP"), "06:18, Tempelhofer Feld", sun=0.5, light=-0.2),
            ),
        ),
        STREET,
        (),
    ),
    (JOB, "Leaderboards"): Pictures(
        (
            Plate("ardent_leaderboard_970x250", a.leaderboard, (970, 250), Look(LONG[:2], button="Join in")),
            Plate("ardent_leaderboard_728x90", a.leaderboard, (728, 90), Look(LONG[:2], button="Join in"), "png"),
        ),
        SHOE,
        (),
    ),
    (JOB, "Club mailer"): Pictures(
        (
            Plate(
                "ardent_clubmail_nov",
                a.mailer,
                (1000, 1500),
                Look(
                    ("RUN BEFORE", "THE DAY"),
                    "Four weeks, four mornings, one long run/at the end of it. We meet at the bridge.",
                    sun=0.44,
                    button="Sign up",
                ),
            ),
        ),
        STREET,
        ({"product": 0.8, "button": "Read more", "warmth": -0.5},),
    ),
    (JOB, "Pace band"): Pictures((Plate("ardent_paceband_10km", a.band, (2000, 200)),), SHOE, ()),
    (JOB, "Race bib, 10 km"): Pictures((Plate("ardent_bib_10km", a.bib, (1440, 1200)),), SHOE, ()),
    (JOB, "Finish arch"): Pictures((Plate("ardent_finish_arch", a.arch, (1600, 1060), Look(("FINISH",))),), STREET, ()),
    (JOB, "Story set, training plan"): Pictures(
        tuple(Plate(f"ardent_story_week{n}", a.plan, (1080, 1920), Look(variant=str(n))) for n in (1, 2, 3)), SHOE, ()
    ),
    (STORES, "Window, Hamburg"): _window("Hamburg", "orange", ("RUN THE", "LONG WAY")),
    (STORES, "Window, Munich"): _window("Munich", "lime", ("HILLS", "ARE FREE")),
    (STORES, "Window, Copenhagen"): _window("Copenhagen", "night", ("DARK IS", "NO EXCUSE")),
    (STORES, "Shoe plinth card"): Pictures(
        (
            Plate(
                "ardent_plinth_card",
                a.shoe_poster,
                (1414, 1000),
                Look(("TRAIL", "THREE"), "412 grams? No. 238.", variant="night"),
            ),
        ),
        SHOE,
        (),
    ),
    (STORES, "Till poster"): Pictures(
        (
            Plate(
                "ardent_till_poster",
                a.shoe_poster,
                (1131, 1600),
                Look(LONG, "Trail 3, now in lime.", "Ardent Running GmbH, Berlin."),
            ),
        ),
        SHOE,
        ({"accents": False, "product": 0.86},),
    ),
    ("20471", "Relay, key visual"): Pictures(
        (
            Plate(
                "ardent_relay_kv",
                a.dawn_miles,
                (2000, 1000),
                Look(
                    ("ONE NIGHT,", "NINE RUNNERS"),
                    "The night relay, Madrid to the sea.",
                    sun=0.4,
                    light=-0.3,
                    warmth=-0.6,
                ),
            ),
        ),
        STREET,
        (),
    ),
}
