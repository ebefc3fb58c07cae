"""Text of a document with nothing hidden in it: what renderings for people show for control characters."""

from __future__ import annotations

import unicodedata

#: Categories of characters that are shown as escapes: controls, invisible formats (text direction), halves of pairs.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def plain(text: str) -> str:
    r"""The text with control characters as escapes: a document must not drive the reader's terminal or page.

    >>> print(plain("Plan\x1b[2J"))
    Plan\x1b[2J
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        escaped(character) if unicodedata.category(character) in _HIDDEN else character for character in text
    )


def encodable(text: str) -> str:
    r"""The text with "?" for what UTF-8 can't hold (half of a surrogate pair).

    >>> encodable("a\ud83db")
    'a?b'
    """
    return text.encode("utf-8", errors="replace").decode("utf-8")


def escaped(character: str) -> str:
    r"""One character as an escape: `\x0c`, `\u202e`."""
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
