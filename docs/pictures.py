"""docs/review.png: the review page of a sample as a browser shows it. Run by `make pictures`; needs Chromium."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import chromium
from PIL import Image

from actionplan.door import read
from actionplan.reviewing import page_of

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "samples" / "recovery-plan-v3.pdf"
PICTURE = ROOT / "docs" / "review.png"
#: The finding that the picture shows: initials that fit two people.
CODE = "ambiguous-lead"
#: So many colours are enough, and keep the file small.
COLOURS = 256


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "review.html")
        page.write_text(page_of(read(SOURCE), SOURCE), "utf-8")
        for browser in chromium.running(Path(folder, "profile")):
            chromium.sized(browser, 1440, 900)
            browser.get(page.as_uri())
            browser.find_element("css selector", f".finding[data-code={CODE}] .go").click()
            browser.execute_script("document.activeElement.blur()")
            shot = Image.open(io.BytesIO(browser.get_screenshot_as_png())).convert("RGB")
    shot.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(PICTURE, optimize=True)
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
