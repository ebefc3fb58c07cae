"""Ruled tables as PDF pages: each page a list of rows, drawn one below the other, with a page number at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

LEFT, TOP, LEADING, PAD = 40.0, 540.0, 12.0, 4.0

Rows = Sequence[Sequence[str]]


def ruled_pdf(path: Path, pages: Sequence[Rows], widths: Sequence[float], title: str = "") -> Path:
    """A PDF at `path`; a line feed in a cell begins its next line, "" is an empty cell."""
    canvas = Canvas(str(path), pagesize=landscape(A4), invariant=1)
    for number, rows in enumerate(pages, start=1):
        top = TOP
        if number == 1 and title:
            canvas.setFont("Helvetica-Bold", 14)
            canvas.drawString(LEFT, top + 20, title)
        canvas.setFont("Helvetica", 9)
        for row in rows:
            top = _drawn(canvas, row, widths, top)
        canvas.drawString(400, 30, str(number))
        canvas.showPage()
    canvas.save()
    return path


def _drawn(canvas: Canvas, row: Sequence[str], widths: Sequence[float], top: float) -> float:
    """Draw one row whose upper edge is at `top`; its lower edge comes back."""
    lines = [cell.split("\n") for cell in row]
    low = top - max(map(len, lines)) * LEADING - 2 * PAD
    x = LEFT
    for cell, width in zip(lines, widths, strict=True):
        canvas.rect(x, low, width, top - low)
        for at, line in enumerate(cell, start=1):
            canvas.drawString(x + PAD, top - at * LEADING, line)
        x += width
    return low
