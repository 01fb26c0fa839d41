"""Writes the example spreadsheets of docs/, for trying the import.

    python tools/example_sheets.py [folder]

example-tracker.xlsx is a tracker as agencies keep them, made for the demo studio: a title and an empty line above
the header, other people's words for columns and statuses, dates of two kinds, merged cells, a column that nobody
knows, rows that cannot be read. example-foreign.csv is smaller and goes into any house.
"""

import csv
import sys
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

DOCS = Path(__file__).resolve().parent.parent / "docs"
HEADER = [
    *("OMG #", "Campaign", "Client", "Producer", "Asset", "Media type", "Format", "Lang", "Country", "Status"),
    *("Prio", "Deadline", "Designer", "Rounds agreed", "Comments", "Print run"),
]
SPRING = ("20510", "Spring water", "Kolibri Drinks", "Ida Lindqvist")
BAGS = ("20511", "Bag tags and boxes", "Ardent Running", "Tomás Reyes")
KNOWN = ("20433", "Winter range", "Kolibri Drinks", "Tomás Reyes")
ROWS: list[tuple[Any, ...]] = [
    (*SPRING, "Spring water, key visual", "Out of home", "6-sheet, 1200 × 1800 mm", "Norwegian", "Norway",
     "WIP", "high", date(2027, 3, 15), "Priya Nair", 3, "Layouts on Thursday", None),
    (*SPRING, "Spring water, landscape", "Out of home", "48-sheet, 6096 × 3048 mm", "Norwegian", "Norway",
     "Todo", "", date(2027, 3, 15), "Priya Nair", 3, "", None),
    (*SPRING, "Bottle, packshot", "Retail", "4000 × 4000", "", "Nordics",
     "Client approved", "", date(2027, 2, 26), "Mei Tanaka", 2, "Glass is real, not rendered", None),
    (*SPRING, "Shelf wobbler", "Retail", "120 mm round", "Danish", "Denmark",
     "In QA", "", "03/04/2027", "Amara Obi", 2, "", 4000),
    (*SPRING, "Story, first drop", "Social", "1080 × 1920, 12 s", "English", "Nordics",
     "Sent to client", "", "09/03/2027", "Jonas Weber", 2, "", None),
    (*SPRING, "Story, second drop", "Social", "1080 × 1920, 12 s", "English", "Nordics",
     "Amends", "", "22/03/2027", "Jonas Weber", 2, "Slower at the end", None),
    (*SPRING, "Newsletter header", "Web and mail", "1200 × 600", "Norwegian", "Norway",
     "On hold", "low", "", "Amara Obi", 1, "Waits for the shop", None),
    (*BAGS, "Bag tag", "Retail", "60 × 110 mm", "German", "Germany",
     "WIP", "", date(2027, 1, 29), "Priya Nair", 2, "", 25000),
    (*BAGS, "Shoe box, lid", "Retail", "Dieline, 4/0", "German", "Germany",
     "To do", "", date(2027, 2, 5), "Priya Nair", 2, "", 12000),
    (*BAGS, "Shoe box, sides", "Retail", "Dieline, 4/0", "German", "Germany",
     "With legal", "", date(2027, 2, 5), "Priya Nair", 2, "What does “With legal” mean? Signoff asks once.", 12000),
    (*BAGS, "Size sticker", "Retail", "30 mm round", "", "Europe",
     "To do", "", "31/02/2027", "Mei Tanaka", 1, "This date does not exist", 60000),
    (*KNOWN, "Ginger, packshot", "Retail", "5000 × 5000", "", "Nordics",
     "", "urgent", "", "Mei Tanaka", 2, "Larger than agreed, for the tram", None),
    (*KNOWN, "Spiced apple, packshot", "Retail", "4000 × 4000", "", "Nordics",
     "", "", "", "Mei Tanaka", 2, "", None),
    (*KNOWN, "Ginger, packshot from above", "Retail", "4000 × 4000", "", "Nordics",
     "Todo", "", date(2027, 1, 15), "Mei Tanaka", 1, "", None),
    ("", "", "", "", "Who ordered this?", "Retail", "", "", "", "WIP", "", "", "", "", "No job, so no home", None),
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
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        book.set_properties({"title": "Example tracker", "created": date(2026, 1, 5)})
        bold = book.add_format({"bold": True, "bg_color": "#dfe6f3", "bottom": 1})
        sheet = book.add_worksheet("Q1 2027")
        sheet.merge_range(0, 0, 0, 5, "Studio tracker, first quarter 2027", book.add_format({"bold": True, "size": 14}))
        sheet.write(1, 0, "Please keep this up to date!")
        for column, title in enumerate(HEADER):
            sheet.write(3, column, title, bold)
        for number, row in enumerate(ROWS, 4):
            for column, cell in enumerate(row):
                if cell not in (None, ""):
                    sheet.write(number, column, cell)
        sheet.set_column(0, 15, 15)
        sheet.set_column(4, 4, 28)
        sheet.set_column(6, 6, 26)
        sheet.freeze_panes(4, 0)


def write_foreign(path: Path) -> None:
    """A file from elsewhere: a title above the header, other words, an unknown column, a day that never comes."""
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file, delimiter=";").writerows(FOREIGN)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS
    write_tracker(folder / "example-tracker.xlsx")
    write_foreign(folder / "example-foreign.csv")


if __name__ == "__main__":
    main()
