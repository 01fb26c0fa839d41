"""Draws the demo studio's files: key visuals, banners, packs, films, spots, documents. Nothing of it is committed."""

from signoff.ops.demo.drawing.files import DrawnFile, DrawnRound, files_for, rounds_for

__all__ = ["DrawnFile", "DrawnRound", "files_for", "rounds_for"]
