"""Pictures are read at once, and what they give comes in the order of the pages."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Barrier, Event

import pytest

from extract.pdf.content import Char, Image, PageContent
from extract.scan import at_once, in_pdf
from extract.scan.at_once import Work, in_order


@pytest.fixture(autouse=True)
def _two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_once, "cores", lambda: 2)


def test_what_takes_longest_first_still_comes_first() -> None:
    second_done = Event()

    def first() -> str:
        assert second_done.wait(10)
        return "first"

    def second() -> str:
        second_done.set()
        return "second"

    assert [*in_order([Work(first), Work(second), "third"])] == ["first", "second", "third"]


def test_as_many_are_at_work_at_once_as_there_are_cores() -> None:
    both = Barrier(2, timeout=10)  # broken, and an error, unless two are at work at the same time
    assert [*in_order(Work(both.wait) for _ in range(2))] in ([0, 1], [1, 0])


def test_items_are_taken_no_further_ahead_than_keeps_the_cores_busy() -> None:
    taken: list[int] = []

    def works() -> Iterator[Work[int]]:
        for number in range(20):
            taken.append(number)
            yield Work(lambda number=number: number)  # type: ignore[misc]

    found = in_order(works())
    assert next(found) == 0
    assert len(taken) == 3
    assert [*found] == list(range(1, 20))


def test_plain_items_wait_for_nothing() -> None:
    never = Event()
    found = in_order(["a", "b", Work(never.wait)])
    assert [next(found), next(found)] == ["a", "b"]
    never.set()
    assert [*found] == [True]


def test_an_error_is_raised_in_its_turn_and_what_has_not_begun_never_does() -> None:
    begun: list[int] = []

    def fails() -> int:
        raise ValueError("page 2")

    def begins() -> int:
        begun.append(1)
        return 9

    found = in_order([Work(lambda: 1), Work(fails), 3, *[Work(begins)] * 9])
    assert next(found) == 1
    with pytest.raises(ValueError, match="page 2"):
        next(found)
    assert len(begun) <= 1


def test_a_caller_that_stops_leaves_nothing_to_begin() -> None:
    begun: list[int] = []
    found = in_order([Work(lambda: 0), *[Work(lambda: begun.append(1))] * 9])
    next(found)
    found.close()
    assert len(begun) <= 2


def page(number: int, images: tuple[Image, ...] = ()) -> PageContent:
    return PageContent(number, 100, 100, (Char("a", 0, 0, 5, 9, 9, False, 0),) if not images else (), (), (), images)


def test_pages_of_a_pdf_keep_their_order_whichever_are_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = (Image(0, 0, 100, 100),)
    pages = [page(1), page(2, whole), page(3), page(4, whole), page(5, whole), page(6)]
    monkeypatch.setattr(in_pdf, "ocr_installed", lambda: True)
    monkeypatch.setattr(in_pdf, "_work", lambda content, *_: lambda: page(-content.number))
    found = [content.number for content in in_pdf.with_pictures_read(pages, b"", "a.pdf")]
    assert found == [1, -2, 3, -4, -5, 6]


def test_a_pdf_without_pictures_starts_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_once, "ThreadPoolExecutor", None)
    pages = [page(1), page(2)]
    assert [*in_pdf.with_pictures_read(pages, b"", "a.pdf")] == pages


def test_a_scan_reads_the_same_by_one_thread_and_by_several() -> None:
    """A small picture with more lines than the engine reads at once, read by one thread and by three."""
    pytest.importorskip("rapidocr")
    import numpy as np
    from PIL import Image as Picture
    from PIL import ImageDraw, ImageFont

    from extract.scan import rapid
    from extract.scan.page import read_picture

    picture = Picture.new("RGB", (700, 420), "white")
    words = "Agree a plan for every child|Share it|Review it each term with schools|Report|Train leads|Ask|Close it"
    for at, text in enumerate(words.split("|")):
        ImageDraw.Draw(picture).text((30, 20 + 55 * at), text, "black", ImageFont.load_default(28))
    pixels = np.ascontiguousarray(np.asarray(picture)[:, :, ::-1])
    found = [read_picture(pixels, 1, 200 / 72, rapid.load.__wrapped__(threads)) for threads in (1, 3)]
    assert found[0] == found[1]
    assert "".join(char.text for char in found[0].chars if char.text.strip()).count("Train") == 1
