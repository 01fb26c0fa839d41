"""Norra's pictures."""

from signoff.ops.demo.drawing import norra as n
from signoff.ops.demo.drawing import norra_app as app
from signoff.ops.demo.drawing.look import Look, Words
from signoff.ops.demo.drawing.plates import Pictures, Plate

NIGHT = Words("moon", "moon", "stars and northern lights")
PHONE = Words("moon", "moon", "stars")
BY_NIGHT = Look(
    ("Norra", "by night"),
    "Asleep in Stockholm. Awake in Narvik.",
    "Every night from 13 December. Beds from 695 kr.",
    sun=0.7,
)
SLEEPER, APP, TIMES, SIGNS = "20495", "20499", "20402", "20377"

PICTURES = {
    (SLEEPER, "By night, station poster"): Pictures(
        (Plate("norra_bynight_poster", n.night, (1120, 1600), BY_NIGHT),),
        NIGHT,
        ({"product": 0.82, "line": "Go to bed in Stockholm."}, {"accents": False, "sun": 0.52}, {"legal": ""}),
    ),
    (SLEEPER, "By night, platform screens"): Pictures(
        (Plate("norra_bynight_screen", n.night, (1920, 1080), BY_NIGHT, "png"),),
        NIGHT,
        ({"sun": 0.52, "product": 0.8, "warmth": 0.5},),
        2,
    ),
    (SLEEPER, "Berth card"): Pictures(
        (Plate("norra_berthcard", n.berth_card, (1300, 1200), Look(("God", "natt."), sun=0.66)),), NIGHT, ()
    ),
    (SLEEPER, "Window map, Narvik"): Pictures(
        (Plate("norra_windowmap_narvik", n.line_map, (2000, 750), Look(("Stockholm till Narvik",))),), NIGHT, ()
    ),
    (SLEEPER, "Sleeper app, start screen"): Pictures(
        (
            Plate(
                "norra_app_start_light",
                app.screen,
                (1170, 1700),
                Look(("Where to", "tonight?"), sun=0.64, variant="start-light", button="Find a berth"),
            ),
            Plate(
                "norra_app_start_dark",
                app.screen,
                (1170, 1700),
                Look(("Where to", "tonight?"), sun=0.64, variant="start-dark", button="Find a berth"),
            ),
        ),
        PHONE,
        ({"headline": ("Good", "evening."), "button": "Search", "light": 0.12},),
    ),
    (SLEEPER, "Ticket mail"): Pictures(
        (Plate("norra_ticketmail", app.mail, (1000, 1330), Look(("God", "resa."), sun=0.72)),), NIGHT, ()
    ),
    (SLEEPER, "Story, first light at Abisko"): Pictures(
        (Plate("norra_story_abisko", n.abisko, (1080, 1920), Look(("God morgon,", "Abisko."), sun=0.5)),),
        Words("sun", "sun", "name"),
        (),
    ),
    (SLEEPER, "Conductor's pin"): Pictures(
        (Plate("norra_pin_view", n.pin, (1200, 1200), Look(sun=0.66)),),
        Words("pin", "moon", "stars"),
        ({"product": 0.84, "accents": False},),
    ),
    (APP, "Onboarding, five screens"): Pictures(
        tuple(
            Plate(
                f"norra_onboarding_{k}", app.screen, (1170, 1700), Look(("Where to", "tonight?"), sun=0.64, variant=v)
            )
            for k, v in ((1, "start-dark"), (2, "berth-dark"), (3, "ticket-light"), (4, "wake-dark"))
        ),
        PHONE,
        (),
    ),
    (APP, "Widget, next train"): Pictures(
        (Plate("norra_widget", app.widget, (1560, 1200), Look(("12",))),),
        Words("minutes", "light", "bar"),
        ({"product": 0.8, "light": 0.12},),
    ),
    (APP, "Icon, winter"): Pictures((Plate("norra_icon_winter", app.icon, (1024, 1024), ending="png"),), PHONE, ()),
    (TIMES, "Timetable poster, north"): Pictures(
        (
            Plate(
                "norra_timetable_north", n.timetable, (1120, 1600), Look(("Vintertidtabell",), variant="north"), "png"
            ),
        ),
        NIGHT,
        ({"headline": ("Tidtabell",), "light": -0.1},),
    ),
    (TIMES, "Timetable poster, south"): Pictures(
        (Plate("norra_timetable_south", n.timetable, (1120, 1600), Look(("Vintertidtabell",), variant="south")),),
        NIGHT,
        (),
    ),
    (TIMES, "Web banner, new times"): Pictures(
        (Plate("norra_banner_newtimes", n.night, (1200, 628), Look(("New times", "13 December"), sun=0.74)),), NIGHT, ()
    ),
    (SIGNS, "Crossing sign, day"): Pictures(
        (Plate("norra_crossing_day", n.sign, (1200, 1200), Look(("Se dig om.",), variant="day")),),
        Words("eyes", "light", "post"),
        (),
    ),
    (SIGNS, "Crossing sign, night"): Pictures(
        (Plate("norra_crossing_night", n.sign, (1200, 1200), Look(("Se dig om.",), variant="night")),),
        Words("eyes", "light", "post"),
        ({"headline": ("Se upp.",), "product": 0.8},),
    ),
}
