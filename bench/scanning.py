"""What a scan takes beside its OCR: the whole reading of pictures of pages, against the engine alone on them."""

from __future__ import annotations

import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.measuring import ROOT, in_process
from extract.pdf.pdfium import drawing
from extract.reading import read
from extract.scan.at_once import at_once
from extract.scan.page import pixels_of
from extract.scan.rapid import load

SAMPLE, PAGES = ROOT / "samples" / "recovery-plan-v3.pdf", 4

TABLE = """
## A scan

The first {pages} pages of a sample as pictures of 200 dots an inch. *Engine alone*: rapidocr finds and reads the text
of the same pictures, {threads} pages at once, and nothing else is done. *As it comes*: one page after another, with its
own threads.

| whole reading | engine alone | ratio | engine as it comes |
| ---: | ---: | ---: | ---: |
"""


def scanning_table(rounds: int, pages: int = PAGES) -> str:
    """The section of the report."""
    from PIL import Image
    from rapidocr import RapidOCR

    data = SAMPLE.read_bytes()
    drawn = [pixels_of(drawing(data, SAMPLE.name, number)) for number in range(1, pages + 1)]
    pictures = [Image.fromarray(pixels[:, :, ::-1].copy()) for pixels in drawn]
    models = load().models
    as_it_comes = RapidOCR(params={"Global.log_level": "critical", "Global.use_cls": False})
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(at_once()) as pool:
        scan = Path(folder, "scan.pdf")
        pictures[0].save(scan, save_all=True, append_images=pictures[1:], resolution=200.0, quality=90)

        def alone() -> object:
            return [*pool.map(lambda page: recognised(models, page), drawn)]

        whole, engine, usual = in_process(
            rounds, lambda: read(scan), alone, lambda: [as_it_comes(page, use_cls=False) for page in drawn]
        )
    cells = (whole.fastest, engine.fastest, whole.fastest / engine.fastest, usual.fastest)
    row = "| {:.2f} s | {:.2f} s | {:.2f} | {:.2f} s |\n".format(*cells)
    return TABLE.format(pages=pages, threads=at_once()) + row


def recognised(models: object, page: object) -> object:
    """What the engine's own steps make of a page: where text stands, cut out, read."""
    crops, _ = models.detect_and_crop(page, {"preprocess": {"ratio_h": 1.0, "ratio_w": 1.0}})  # type: ignore[attr-defined]
    return models.recognize_txt(crops)  # type: ignore[attr-defined]


if __name__ == "__main__":
    print(scanning_table(int(sys.argv[1]) if len(sys.argv) > 1 else 3))
