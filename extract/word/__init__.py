"""Word files (.docx), read from the XML's own truth: merged cells, tracked changes, automatic numbers and all."""

from extract.word.reader import read_word

__all__ = ["read_word"]
