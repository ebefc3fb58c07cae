"""Whether what OCR needs is installed: asked before anything of it is loaded."""

from __future__ import annotations

from importlib.util import find_spec

from extract.model import ReadError

NEEDED = ("rapidocr", "onnxruntime", "cv2", "numpy", "PIL")
INSTALL = "Run `pip install rapidocr onnxruntime`"


def ocr_installed() -> bool:
    """Whether the OCR engine's packages are there."""
    return all(find_spec(name) for name in NEEDED)


def not_installed(name: str) -> ReadError:
    """What is said of a scan that cannot be read for want of the engine."""
    return ReadError(f"Cannot read {name}", "it is a scan, and the OCR engine is not installed", INSTALL)
