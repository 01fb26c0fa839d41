"""Writes the example spreadsheets of docs/: the tracker's own shape, and a file as it comes from elsewhere.

    python tools/example_sheets.py [folder]

They import into any house: what they need is the default pipeline's stages Design, Internal review and
Client approval, or none at all (the stage columns are then asked about).
"""

import csv
import sys
from datetime import date
from pathlib import Path

import xlsxwriter

HEADER = [
    "Job number", "Project", "Client team", "Project status", "Owner", "Project start", "Project due", "Tags",
    "Deliverable", "Slug", "Type", "Specification", "Language", "Market", "Status", "Priority", "Due", "Round",
    "Rounds included", "Assignee", "Notes",
]  # fmt: skip
LEGEND = {
    "Project status": ["Draft", "Active", "On hold", "Completed", "Cancelled"],
    "Status": [
        "Not started", "In progress", "In review", "Changes requested", "Approved", "Delivered", "On hold", "Cancelled",
    ],
    "Stage status": ["Not started", "In progress", "In review", "Changes requested", "Approved", "Skipped"],
    "Priority": ["Low", "Normal", "High", "Urgent"],
}  # fmt: skip
JOBS = [
    (
        ["30101", "Harbour lights", "", "Active", "", date(2026, 11, 2), date(2026, 12, 18), "campaign, winter"],
        [
            ["Key visual", "key-visual", "Image", "4500 x 3000 px", "", "Global", "In progress", "High"],
            ["Film 30 s", "film-30-s", "Video", "1920 x 1080, 30 s", "English", "UK", "In review", "High"],
            ["Film 30 s, Nordic", "film-30-s-nordic", "Video", "1920 x 1080", "Swedish", "SE", "Not started", "Normal"],
            ["Poster, station", "poster-station", "Print", "1185 x 1750 mm", "English", "UK", "Not started", "Normal"],
            ["Banner set", "banner-set", "Digital", "300 x 250, 728 x 90", "English", "UK", "Not started", "Low"],
        ],
    ),
    (
        ["30102", "Sleeper season", "", "Active", "", date(2026, 11, 9), date(2027, 1, 29), "always on"],
        [
            ["Radio spot", "radio-spot", "Audio", "20 s", "English", "UK", "Approved", "Normal"],
            ["Timetable folder", "timetable-folder", "Print", "DL", "English", "UK", "Changes requested", "Urgent"],
        ],
    ),
    (["30103", "Spring teaser", "", "Draft", "", None, None, ""], []),
]  # fmt: skip
FOREIGN = [
    ["Traffic sheet, week 48", "", "", "", "", "", "", "", ""],
    [],
    ["Job #", "Campaign", "Asset", "Format", "Current status", "Deadline", "Producer", "Prio", "€ media"],
    ["30201", "Winter walk", "Hero image", "3000 x 2000", "WIP", "14/12/2026", "", "rush", "4200"],
    ["30201", "Winter walk", "Story 9:16", "1080 x 1920", "In QA", "16/12/2026", "", "", "900"],
    ["30201", "Winter walk", "Newsletter head", "1200 x 400", "Approved by client", "01/12/2026", "", "low", ""],
    ["30202", "Night kitchen", "Recipe film", "1920 x 1080", "Briefed", "31/11/2026", "", "", "12500"],
    ["30202", "Night kitchen", "Recipe cards", "A6", "On hold", "22/01/2027", "", "", ""],
]


def write_tracker(path: Path) -> None:
    """Our own shape, without stage columns: every column that is there is understood by itself."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}) as book:
        sheet, legend = book.add_worksheet("Tracker"), book.add_worksheet("Legend")
        head = book.add_format({"bold": True, "bg_color": "#E8ECF7", "bottom": 1})
        sheet.write_row(0, 0, HEADER, head)
        number = 0
        for project, deliverables in JOBS:
            for deliverable in deliverables or [[]]:
                number += 1
                for column, cell in enumerate([*project, *deliverable]):
                    if cell not in ("", None):
                        sheet.write(number, column, cell)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, number, len(HEADER) - 1)
        sheet.set_column(0, len(HEADER) - 1, 16)
        for column, (title, values) in enumerate(LEGEND.items()):
            legend.write(0, column, title, head)
            legend.write_column(1, column, values)
        legend.set_column(0, len(LEGEND) - 1, 20)


def write_foreign(path: Path) -> None:
    """A file from elsewhere: a title above the header, other words, an unknown column, a day that never comes."""
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file, delimiter=";").writerows(FOREIGN)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent / "docs"
    write_tracker(folder / "example-tracker.xlsx")
    write_foreign(folder / "example-foreign.csv")


if __name__ == "__main__":
    main()
