"""The letters that certificates are set in: reportlab's own, which know the languages of western Europe."""

FONT, FONT_BOLD, FONT_MONO = "Helvetica", "Helvetica-Bold", "Courier"


def printable(text: str) -> str:
    """What these fonts have; a question mark in the place of the rest."""
    return text.encode("cp1252", "replace").decode("cp1252")
