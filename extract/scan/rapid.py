"""The OCR engine: rapidocr finds where text stands and reads it; its models come with its package.

Nothing is downloaded: the models are named by their place in the package, and one that is missing is an error. The
engine's own decoding keeps only the best letter at each place; the one here also keeps the second best and the letters
that were nearly read, which is what the engine is unsure of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from itertools import pairwise, repeat
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from extract.model import ReadError
from extract.scan.at_once import at_once, share_one_heap
from extract.scan.opencv import version as opencv_version

Pixels = NDArray[np.uint8]
Quad = NDArray[np.float32]

#: Signs that English plans print beside ASCII and the accented Latin letters.
SIGNS = frozenset("£€§©®°±²³·½¼¾×÷–—‘’“”•…●○■□▪✓✔✗✘→←↑↓≤≥™")
#: Signs that are one for a reader: the engine's doubt between them is none.
ALIKE = (frozenset("-–—"), frozenset("'‘’"), frozenset('"“”'), frozenset("•●·▪■"), frozenset("○□"), frozenset("✓✔"))

#: What the engine reads at once; crops of like width share a batch, and which do never depends on how many cores there
#: are, since a line is read a little otherwise beside a wider one.
BATCH = 6


class Glyph(NamedTuple):
    """One character as read: where its middle is (part of the crop's width), how sure, and what else it may be.

    `missed`: how probable it is that a character between this one and the last was passed over, and which.
    """

    text: str
    middle: float
    sure: float
    other: str
    missed: float
    omitted: str


class Engine(Struct, frozen=True):
    """The loaded models, and the threads that read lines; several threads may use one engine at the same time.

    Only one at a time finds where text stands: that is a quarter of the work, and takes half a gigabyte while it lasts.
    """

    models: Any
    threads: ThreadPoolExecutor
    one: Lock

    def boxes(self, page: Pixels) -> list[Quad]:
        """Where the page (three colours) shows text: four corners each, clockwise from the top left."""
        with self.one:
            found = self.models(page, use_det=True, use_cls=False, use_rec=False).boxes
        return [] if found is None else [np.asarray(box, np.float32) for box in found]

    def read(self, crops: Sequence[Pixels]) -> list[tuple[Glyph, ...]]:
        """What each crop (one line of text, three colours) says; () for one that says nothing."""
        if not crops:
            return []
        order = np.argsort(np.array([crop.shape[1] / float(crop.shape[0]) for crop in crops])).tolist()
        batches = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
        found: list[tuple[Glyph, ...]] = [()] * len(crops)
        for batch, lines in zip(batches, self.threads.map(self._lines, batches, repeat(crops)), strict=True):
            for at, glyphs in zip(batch, lines, strict=True):
                found[at] = glyphs
        return found

    def _lines(self, batch: Sequence[int], crops: Sequence[Pixels]) -> list[tuple[Glyph, ...]]:
        told = self.models.recognize_txt([crops[at] for at in batch])
        return [tuple(glyphs) for glyphs in told.word_results]


def versions() -> tuple[tuple[str, str], ...]:
    """Name and version of what takes part in OCR."""
    import onnxruntime

    return ("rapidocr", version("rapidocr")), ("onnxruntime", onnxruntime.__version__), ("opencv", opencv_version())


@lru_cache(maxsize=1)
def load(threads: int | None = None) -> Engine:
    """The engine, loaded once; half a second. Raises ReadError where its package is not whole.

    `threads`: how many lines are read at once (None: one a core).
    """
    from rapidocr import RapidOCR

    share_one_heap()
    params = {
        "Global.log_level": "critical",
        "Global.use_cls": False,
        "Global.return_word_box": True,
        "Rec.rec_batch_num": BATCH,
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,  # the pictures and lines are what is shared out
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        **{f"{stage}.model_path": str(_model(stage.casefold())) for stage in ("Det", "Cls", "Rec")},
    }
    models: Any = RapidOCR(params=params)
    models.recognize_txt([np.full((48, 96, 3), 255, np.uint8)])  # loads the model
    models.text_rec.postprocess_op = Decoder(models.text_rec.postprocess_op.character)
    return Engine(models, ThreadPoolExecutor(at_once(threads), "lines"), Lock())


def _model(stage: str) -> Path:
    spec = find_spec("rapidocr")
    folder = Path(spec.origin or "").parent / "models" if spec else Path()
    found = sorted(folder.glob(f"*_{stage}_*.onnx"))
    if not found:
        cause = f"the OCR engine's package holds no model for its step {stage!r}"
        hint = "Install it again: `pip install --force-reinstall rapidocr`"
        raise ReadError("Cannot read a picture of a page", cause, hint)
    return found[-1]


class Decoder:
    """Turns what the model says of each place of a line into characters (CTC: place 0 of the alphabet is none)."""

    def __init__(self, alphabet: Sequence[str]) -> None:
        self.alphabet = list(alphabet)
        self.foreign = np.array([at > 0 and not is_english(sign) for at, sign in enumerate(self.alphabet)])
        self.alike = _alike(self.alphabet)

    def __call__(
        self, scores: NDArray[np.float32], _words: bool, *, wh_ratio_list: Sequence[float], max_wh_ratio: float
    ) -> tuple[list[tuple[str, float]], list[list[Glyph]]]:
        """The engine's own shape: (text, confidence) of each line, and what is here each line's glyphs."""
        lines, words = [], []
        for line, ratio in zip(scores, wh_ratio_list, strict=True):
            likely = np.where(self.foreign, 0.0, line)
            glyphs = glyphs_of(likely, self.alphabet, ratio / max_wh_ratio, self.alike)
            sure = min((glyph.sure for glyph in glyphs), default=0.0)
            lines.append(("".join(glyph.text for glyph in glyphs), sure))
            words.append(glyphs)
        return lines, words


def is_english(sign: str) -> bool:
    """Whether a sign may stand in an English plan: the models know thousands of others.

    >>> [sign for sign in "Aé7£ß–／г丁" if is_english(sign)]
    ['A', 'é', '7', '£', 'ß', '–']
    """
    return len(sign) == 1 and (" " <= sign <= "~" or sign in SIGNS or ("\u00c0" <= sign <= "\u017f" and sign.isalpha()))


def glyphs_of(
    scores: NDArray[np.float32], alphabet: Sequence[str], filled: float, alike: Mapping[int, Sequence[int]]
) -> list[Glyph]:
    """The characters of one line: `scores` (places, alphabet); the crop fills this part of the places.

    `alike`: for the place of a sign in the alphabet those of all signs that are one with it.
    """
    best = scores.argmax(axis=1)
    width = max(1.0, len(best) * min(1.0, filled))
    glyphs: list[Glyph] = []
    last = 0  # the place after the last character
    for start, end in runs(best):
        token = int(best[start])
        if token == 0:
            continue
        peak = start + int(scores[start:end, token].argmax())
        own = alike.get(token, (token,))
        sure = min(1.0, float(scores[peak, own].sum()))
        other, _ = _likeliest(scores[peak], (0, *own))
        before = int(best[last - 1]) if last else 0
        omitted, missed = _likeliest(scores[last:start].max(axis=0), (0, token, before)) if start > last else (0, 0.0)
        middle = min(1.0, ((start + end) / 2) / width)
        between = alphabet[omitted] if omitted else ""
        glyphs.append(Glyph(alphabet[token], middle, sure, alphabet[other], missed, between))
        last = end
    return glyphs


def runs(tokens: NDArray[np.int64]) -> Iterable[tuple[int, int]]:
    """Where the same token stands: [start, end) of each run."""
    edges = np.flatnonzero(np.diff(tokens)) + 1
    bounds = [0, *edges.tolist(), len(tokens)]
    return pairwise(bounds)


def _likeliest(scores: NDArray[np.float32], but: Sequence[int]) -> tuple[int, float]:
    """The likeliest sign but some, and how likely it is."""
    rest = scores.copy()
    rest[list(but)] = 0.0
    token = int(rest.argmax())
    return token, float(rest[token])


def _alike(alphabet: Sequence[str]) -> dict[int, list[int]]:
    found = {}
    for signs in ALIKE:
        places = [at for at, sign in enumerate(alphabet) if sign in signs]
        found.update(dict.fromkeys(places, places))
    return found
