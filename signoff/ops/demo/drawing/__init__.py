"""Draws the demo studio's files: key visuals, banners, packs, films, spots, documents. Nothing of it is committed.

A program of its own (`python -m signoff.ops.demo.drawing`), which needs no Django: what it draws with may take
memory, and goes with it. `sheet` draws everything, with an overview to look at.
"""
