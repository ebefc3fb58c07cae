"""PDFs made for the purpose: a valid file as objects, damaged by their structure, and written in one of three ways."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from random import Random

from fuzz.texts import rows, text

Objects = dict[int, bytes]
CATALOG, TREE, PAGE, CONTENT, FONT, SPARE = 1, 2, 3, 4, 5, 6


def pdf(chance: Random) -> bytes:
    """A PDF of one page with a ruled table, damaged in up to three ways."""
    objects = valid(chance)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        chance.choice(CHANGES)(objects, chance)
    return written(objects, chance)


def valid(chance: Random) -> Objects:
    """The objects of a PDF: catalog, page tree, page, content, font, and one to spare."""
    return {
        CATALOG: b"<</Type/Catalog/Pages 2 0 R>>",
        TREE: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        PAGE: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 842 595]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        CONTENT: stream(drawn(chance)),
        FONT: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        SPARE: b"null",
    }


def drawn(chance: Random) -> bytes:
    """The content of a page: a title, and a table with its rules."""
    found = ["BT /F 14 Tf 40 560 Td (Recovery plan of the Marlow Trust) Tj ET"]
    table = rows(chance)
    width = 760 / max(1, *(len(row) for row in table))
    y = 530.0
    for row in table:
        for at, cell in enumerate(row):
            x = 40 + at * width
            found.append(f"{x:.1f} {y - 14:.1f} {width:.1f} 20 re S")
            found.append(f"BT /F 8 Tf {x + 3:.1f} {y - 8:.1f} Td ({_escaped(cell[:200])}) Tj ET")
        y -= 20
    return "\n".join(found).encode("cp1252", "replace")


def _escaped(cell: str) -> str:
    return cell.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").replace("\n", " ").replace("\r", " ")


def stream(data: bytes, entries: bytes = b"", packed: bool = False) -> bytes:
    """A stream object."""
    if packed:
        data, entries = zlib.compress(data), entries + b"/Filter/FlateDecode"
    return b"<<" + entries + b"/Length %d>>stream\n" % len(data) + data + b"\nendstream"


# --- damage ----------------------------------------------------------------------------------------------------------


def tree(objects: Objects, chance: Random) -> None:
    """A page tree in a circle, deep, empty, of the wrong things, or that lies about how many pages there are."""
    objects[TREE] = chance.choice(
        (
            b"<</Type/Pages/Kids[2 0 R]/Count 1>>",
            b"<</Type/Pages/Kids[3 0 R 2 0 R 3 0 R]/Count 3>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>",
            b"<</Type/Pages/Kids[3 0 R]/Count -1>>",
            b"<</Type/Pages/Kids[]/Count 0>>",
            b"<</Type/Pages/Kids[5 0 R 99 0 R null 1 0 R]/Count 4>>",
            b"<</Type/Pages/Kids 3 0 R/Count 1>>",
            b"<</Type/Pages/Kids[" + b"3 0 R " * 700 + b"]/Count 700>>",
            b"[3 0 R]",
        )
    )


def deep_tree(objects: Objects, _: Random) -> None:
    """A page that hangs under a thousand nodes."""
    for at in range(1000):
        objects[100 + at] = b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (99 + at, 101 + at)
    objects[1100] = objects[PAGE]
    objects[TREE] = b"<</Type/Pages/Kids[100 0 R]/Count 1>>"


def box(objects: Objects, chance: Random) -> None:
    """A page that is huge, turned inside out, of no size, or has none."""
    size = chance.choice(
        (b"0 0 0 0", b"0 0 1e9 1e9", b"0 0 14400 14400", b"842 595 0 0", b"-1e5 -1e5 1 1", b"0 0 842", b"0 0 .001 .001",
         b"/a (b) null 5", b"0 0 99999999999999999999 1", b"nan inf 5 5", b"0 0 842 1e-9", b"100 100 742 495")
    )  # fmt: skip
    replaced(objects, PAGE, b"/MediaBox[0 0 842 595]", chance.choice((b"/MediaBox[%b]", b"/CropBox[%b]")) % size)


def turned(objects: Objects, chance: Random) -> None:
    """A page that is turned, or has units of its own."""
    entry = chance.choice(
        (b"/Rotate 90", b"/Rotate 180", b"/Rotate -90", b"/Rotate 45", b"/Rotate 99999999999", b"/Rotate/x",
         b"/UserUnit 75000", b"/UserUnit 0", b"/UserUnit -1")
    )  # fmt: skip
    replaced(objects, PAGE, b"/Type/Page", b"/Type/Page" + entry)


def less(objects: Objects, chance: Random) -> None:
    """A page without one of the things it needs, or an object that is missing."""
    if chance.random() < 0.5:
        objects.pop(chance.choice(tuple(objects)), None)
    else:
        entry = chance.choice(
            (b"/Resources<</Font<</F 5 0 R>>>>", b"/Contents 4 0 R", b"/Parent 2 0 R", b"/MediaBox[0 0 842 595]")
        )
        replaced(objects, PAGE, entry, b"")


def font(objects: Objects, chance: Random) -> None:
    """A font without a map to letters, with a nasty one, of no kind, or drawn by itself."""
    to_unicode = chance.choice(
        (b"<0000> <ffff> <d800>", b"<00> <ff> <0000>", b"<41> <41> <" + b"0041" * 400 + b">", b"<61> <7a> <202e>",
         b"<20> <7e> <fffe>", b"<ff> <00> <0041>", b"<00000000> <ffffffff> <0041>")
    )  # fmt: skip
    table = b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange %b endbfrange endcmap"
    objects[7] = stream(table % to_unicode)
    objects[8] = stream(b"1000 0 0 0 750 750 d1 /G Do BT /F 10 Tf (A) Tj ET 0 0 750 750 re f")
    objects[FONT] = chance.choice(
        (
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 7 0 R>>",
            b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[9 0 R]>>",
            b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[5 0 R]/ToUnicode 7 0 R>>",
            b"<</Type/Font/Subtype/Type3/FontBBox[0 0 0 0]/FontMatrix[0 0 0 0 0 0]/CharProcs<</A 8 0 R>>"
            b"/Encoding<</Differences[0/A/A/A 65/A]>>/FirstChar 0/LastChar 255/Widths[]"
            b"/Resources<</Font<</F 5 0 R>>>>>>",
            b"<</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar -5/LastChar 99999999/Widths 4 0 R>>",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[65/uni0000/uniD800/u110000/.notdef]>>>>",
            b"<</Type/Font>>",
            b"(none)",
        )
    )


def painting(objects: Objects, chance: Random) -> None:
    """Content that nests without end, counts without end, or sets text at no size, at any size, nowhere."""
    extra = chance.choice(
        (
            b"q " * 20000,
            b"Q " * 500,
            b"BT " * 500,
            b"[" * 20000,
            b"<<" * 5000,
            b"BT /F 0 Tf 100 100 Td (none) Tj ET",
            b"BT /F 1e30 Tf (large) Tj ET",
            b"BT /F -9 Tf 100 100 Td (back) Tj ET",
            b"BT /F 9 Tf 0 0 0 0 100 100 Tm (flat) Tj ET",
            b"BT /F 9 Tf 1e38 1e38 -1e38 1e38 1e38 1e38 Tm (far) Tj ET",
            b"BT /F 9 Tf 0 Tz 1e9 Tc -1e9 Tw 99999 TL 100 100 Td (wide) Tj T* (next) Tj ET",
            b"BT /F 9 Tf 3 Tr 50 50 Td (unseen) Tj ET",
            b"BT /F 9 Tf .7 .7 -.7 .7 300 300 Tm (askew) Tj ET",
            b"BT /F 9 Tf 50 50 Td " + b"(x) Tj " * 5000 + b"ET",
            b"0 0 m " + b"9 9 l " * 20000 + b"S",
            b"0 0 842 595 re S " * 3000,
            b"1 0 0 1 1e300 1e300 cm 0 0 5 5 re S",
            b"0 0 0 0 0 0 cm 0 0 5 5 re S BT /F 9 Tf (x) Tj ET",
            b"1e9 w 0 0 m 5 5 l S 0 w 9 9 m 9 9 l S",
            b"/X Do /X Do",
            b"BI /W 99999 /H 99999 /BPC 8 /CS /RGB ID xx EI",
            b"/Span <</ActualText (\xfe\xff\xd8\x00)>> BDC BT /F 9 Tf 50 50 Td (x) Tj ET EMC",
            b"\x00\xff(((",
        )
    )
    inside = objects.get(CONTENT, b"").partition(b"stream\n")[2].rpartition(b"\nendstream")[0]
    both = (extra, inside) if chance.random() < 0.5 else (inside, extra)
    objects[CONTENT] = stream(b"\n".join(both), packed=chance.random() < 0.5)


def filters(objects: Objects, chance: Random) -> None:
    """Content whose filters are wrong, unknown or many, that unpacks without end, or whose length lies."""
    data = drawn(chance)
    objects[CONTENT] = chance.choice(
        (
            b"<</Length 1>>stream\n" + data + b"\nendstream",
            b"<</Length 999999999>>stream\n" + data + b"\nendstream",
            b"<</Length 4 0 R>>stream\n" + data + b"\nendstream",
            b"<</Length -1>>stream\n" + data,
            stream(data, b"/Filter/Unknown"),
            stream(data, b"/Filter/FlateDecode"),
            stream(data, b"/Filter[" + b"/ASCIIHexDecode" * 200 + b"]"),
            stream(data, b"/Filter/LZWDecode"),
            stream(data, b"/Filter/JBIG2Decode"),
            stream(data, b"/Filter/ASCII85Decode"),
            stream(data, b"/Filter/RunLengthDecode"),
            stream(zlib.compress(data)[:-20], b"/Filter/FlateDecode"),
            stream(
                zlib.compress(data), b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 999999999/Colors 99>>"
            ),
            stream(zlib.compress(b"q Q " * 8_000_000, 9), b"/Filter/FlateDecode"),
            stream(zlib.compress(b" " * 60_000_000, 9), b"/Filter/FlateDecode"),
        )
    )


def outside(objects: Objects, chance: Random) -> None:
    """What a reader must leave alone: scripts, launches, links, embedded files, forms, layers."""
    action = chance.choice(
        (
            b"/OpenAction<</S/JavaScript/JS(app.launchURL\\('http://example.org'\\))>>",
            b"/OpenAction<</S/Launch/F(/bin/sh)>>",
            b"/OpenAction<</S/URI/URI(http://example.org)>>",
            b"/AA<</WC<</S/SubmitForm/F(http://example.org)>>>>",
            b"/Names<</EmbeddedFiles<</Names[(a) 6 0 R]>>/JavaScript<</Names[(a)<</S/JavaScript/JS(1)>>]>>>>",
            b"/AcroForm<</XFA(<xml/>)/Fields[3 0 R]>>",
            b"/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>",
            b"/Collection<</View/D>>",
        )
    )
    replaced(objects, CATALOG, b"/Type/Catalog", b"/Type/Catalog" + action)
    note = chance.choice((b"FreeText", b"Widget", b"Link", b"Text", b"FileAttachment", b"RichMedia", b"Nothing"))
    replaced(
        objects, PAGE, b"/Type/Page", b"/Type/Page/Annots[<</Subtype/%b/Rect[0 0 9 9]/Contents(n)>> 3 0 R 5]" % note
    )
    objects[SPARE] = b"<</Type/Filespec/F(../../../etc/passwd)/EF<</F 4 0 R>>>>"


def pictured(objects: Objects, chance: Random) -> None:
    """A picture of any size with hardly any data, or a form that draws itself."""
    image, form = b"/Type/XObject/Subtype/Image", b"/Type/XObject/Subtype/Form/Resources<</XObject<</X 6 0 R>>>>"
    grey = image + b"/BitsPerComponent 8/ColorSpace/DeviceGray"
    objects[SPARE] = chance.choice(
        (
            stream(b"\x00", grey + b"/Width 60000/Height 60000"),
            stream(b"\x00", image + b"/Width 0/Height -5/BitsPerComponent 1/ColorSpace/Nothing"),
            stream(b"\x00" * 64, grey + b"/Width 8/Height 8"),
            stream(b"\xff\xd8\xff\xe0", image + b"/Width 9/Height 9/Filter/DCTDecode"),
            stream(b"/X Do 0 0 9 9 re S", form + b"/BBox[0 0 9 9]"),
            stream(b"/X Do /X Do", form + b"/BBox[0 0 0 0]/Matrix[0 0 0 0 0 0]"),
        )
    )
    replaced(objects, PAGE, b"/Font<<", b"/XObject<</X 6 0 R>>/Font<<")
    sizes = (b"842 0 0 595 0 0 cm", b"400 0 0 300 9 9 cm", b"", b"1e9 0 0 1e9 -5e8 -5e8 cm", b"300 0 0 2 0 0 cm")
    place = b"q %b /X Do Q" % chance.choice(sizes)
    inside = objects.get(CONTENT, b"").partition(b"stream\n")[2].rpartition(b"\nendstream")[0]
    objects[CONTENT] = stream(place if chance.random() < 0.3 else place + b"\n" + inside)


def locked(objects: Objects, chance: Random) -> None:
    """A file that says it is encrypted, with keys that are none."""
    objects[20] = chance.choice(
        (
            b"<</Filter/Standard/V 1/R 2/O(%b)/U(%b)/P -4>>" % (b"o" * 32, b"u" * 32),
            b"<</Filter/Standard/V 5/R 6/Length 256/O(%b)/U(%b)/OE(x)/UE(y)/Perms(z)/P -4>>" % (b"o" * 48, b"u" * 48),
            b"<</Filter/Adobe.PubSec/V 4>>",
            b"<</Filter/Standard/V 99/R -1/O()/U()/P null/Length 0>>",
            b"<<>>",
        )
    )


def nested(objects: Objects, chance: Random) -> None:
    """Arrays and dictionaries nested beyond all depth, or an object that is itself."""
    depth = chance.choice((100, 5000, 60000))
    entry = chance.choice((b"[" * depth + b"]" * depth, b"<</A" * depth + b" 1" + b">>" * depth, b"6 0 R"))
    objects[SPARE] = entry
    replaced(objects, PAGE, b"/Contents 4 0 R", chance.choice((b"/Contents 6 0 R", b"/Contents[4 0 R 6 0 R]")))


def worded(objects: Objects, chance: Random) -> None:
    """Text that the reader is to read: any letters, any order."""
    shown = b""
    for _ in range(30):
        letters = text(chance).encode("utf-16-be", "replace").hex().encode()
        shown += b"BT /F 9 Tf %d %d Td <%b> Tj ET " % (chance.randint(-20, 900), chance.randint(-20, 600), letters)
    objects[CONTENT] = stream(drawn(chance) + b"\n" + shown)


CHANGES: tuple[Callable[[Objects, Random], None], ...] = (
    tree, deep_tree, box, turned, less, font, painting, painting, filters, outside, pictured, locked, nested, worded,
)  # fmt: skip


def replaced(objects: Objects, number: int, before: bytes, after: bytes) -> None:
    """Write one thing instead of another in an object, where it is there."""
    if number in objects:
        objects[number] = objects[number].replace(before, after, 1)


# --- writing ---------------------------------------------------------------------------------------------------------


def written(objects: Objects, chance: Random) -> bytes:
    """The file: with a table of offsets, with streams of objects, or with neither, and at times wrong in that."""
    return chance.choice((_plain, _plain, _streamed, _bare))(objects, chance)


def _trailer(objects: Objects, chance: Random) -> bytes:
    root = chance.choice((b"/Root 1 0 R",) * 60 + (b"/Root 99 0 R", b"/Root 5 0 R", b"", b"/Root(x)"))
    lock = b"/Encrypt 20 0 R/ID[(a)(b)]" if 20 in objects else b""
    return root + lock + b"/Size %d" % chance.choice((max(objects, default=0) + 1,) * 40 + (1, 999999999))


def _body(objects: Objects) -> tuple[bytes, dict[int, int]]:
    out, offsets = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), {}
    for number, content in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    return bytes(out), offsets


def _plain(objects: Objects, chance: Random) -> bytes:
    body, offsets = _body(objects)
    entries = b"".join(
        b"%d 1\n%010d 00000 n \n" % (number, offset + chance.choice((0,) * 200 + (3, -9)))
        for number, offset in offsets.items()
    )
    start = chance.choice((len(body),) * 9 + (0, len(body) - 7, 10**12))
    again = chance.choice((b"",) * 9 + (b"/Prev %d" % len(body), b"/Prev 5", b"/XRefStm %d" % len(body)))
    trailer = b"trailer\n<<" + _trailer(objects, chance) + again + b">>\n"
    return body + b"xref\n0 1\n0000000000 65535 f \n" + entries + trailer + b"startxref\n%d\n%%%%EOF\n" % start


def _streamed(objects: Objects, chance: Random) -> bytes:
    """Objects that are no streams in an object stream; offsets in a stream of their own."""
    packed = [number for number, content in objects.items() if b"stream\n" not in content and number != 20]
    heads, inside = b"", b""
    for number in packed:
        heads += b"%d %d " % (number, len(inside) + chance.choice((0,) * 200 + (5, 10**6)))
        inside += objects[number] + b" "
    extends = chance.choice((b"",) * 6 + (b"/Extends 3000 0 R",))
    count = chance.choice((len(packed),) * 9 + (10**9, 0, -3))
    holder = stream(heads + inside, b"/Type/ObjStm/N %d/First %d" % (count, len(heads)) + extends, packed=True)
    kept = {number: content for number, content in objects.items() if number not in packed}
    body, offsets = _body({**kept, 3000: holder})
    table = bytearray()
    index = b""
    for number in sorted({*offsets, *packed}):
        index += b"%d 1 " % number
        if number in offsets:
            table += b"\x01" + offsets[number].to_bytes(4, "big") + b"\0\0"
        else:
            table += b"\x02" + (3000).to_bytes(4, "big") + packed.index(number).to_bytes(2, "big")
    widths = chance.choice((b"[1 4 2]",) * 9 + (b"[1 4 200]", b"[0 0 0]", b"[-1 4 2]", b"[1 4]"))
    entries = b"/Type/XRef/W%b/Index[%b]" % (widths, index) + _trailer(objects, chance)
    return (
        body
        + b"4000 0 obj\n"
        + stream(bytes(table), entries, packed=True)
        + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(body)
    )


def _bare(objects: Objects, chance: Random) -> bytes:
    """Without offsets: a reader must look for the objects."""
    body, _ = _body(objects)
    return body + chance.choice((b"trailer<<" + _trailer(objects, chance) + b">>", b"", b"startxref\n0\n%%EOF"))
