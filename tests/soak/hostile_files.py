"""Hostile and damaged files, all made from one small poverty list: yields (name, bytes). The same seed gives the
same files. Nothing here is read by the program but the bytes."""
import gzip
import io
import random
import struct
import zipfile
import zlib

HEADER = ["户编号", "人编号", "姓名", "证件号码", "与户主关系", "人数", "脱贫属性", "危房户", "人均纯收入", "首次识别时间"]
FAMILY = "王李张刘陈杨赵黄周吴"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超"


def people(count, seed):
    """Made-up rows under HEADER; the household's values stand on its first row only."""
    draw = random.Random(seed)
    rows, household = [], 0
    for n in range(count):
        first = n % 3 == 0
        household += first
        number = f"340826{draw.randint(1940, 2015)}{draw.randint(1, 12):02}{draw.randint(1, 28):02}{draw.randint(0, 999):03}"
        total = sum(int(d) * w for d, w in zip(number, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)))
        rows.append([f"3408260{household:08}" if first else "", f"34082600{n:010}", draw.choice(FAMILY) + draw.choice(GIVEN),
                     number + "10X98765432"[total % 11], "户主" if first else "子女", "3" if first else "",
                     "未脱贫" if first else "", "否" if first else "", str(draw.randint(1000, 9000)) if first else "", "2014-01-01"])
    return rows


def csv_text(rows, end="\r\n"):
    return end.join(",".join(row) for row in [HEADER, *rows]) + end


def html_text(rows):
    body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>\n" for row in [HEADER, *rows])
    return f"<html><head><meta charset=utf-8></head><body><table>{body}</table></body></html>"


def letters(column):
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def sheet_xml(rows, shared, behind=""):
    text = []
    for r, row in enumerate(rows, 1):
        cells = "".join(f'<c r="{letters(c)}{r}" t="s"><v>{shared.setdefault(v, len(shared))}</v></c>'
                        for c, v in enumerate(row) if v)
        text.append(f'<row r="{r}">{cells}</row>')
    return f"<worksheet><sheetData>{''.join(text)}</sheetData>{behind}</worksheet>"


REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def workbook_parts(rows, behind=""):
    shared = {}
    sheet = sheet_xml([HEADER, *rows], shared, behind)
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{REL}officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="名单" sheetId="1" r:id="s"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="s" Type="{REL}worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="t" Type="{REL}sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="y" Type="{REL}styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": "<sst>" + "".join(f"<si><t>{t}</t></si>" for t in shared) + "</sst>",
        "xl/worksheets/sheet1.xml": sheet,
    }


def packed(parts, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as book:
        for name, text in parts.items():
            book.writestr(name, text)
    return out.getvalue()


def pieces_packed(name, pieces, parts=()):
    """One entry written in pieces, for what is too large to hold."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for other, text in dict(parts).items():
            book.writestr(other, text)
        with book.open(name, "w", force_zip64=True) as entry:
            for piece in pieces:
                entry.write(piece)
    return out.getvalue()


def truncations(name, data, count):
    for i in range(count):
        cut = len(data) * (i + 1) // (count + 1) if i < count - 3 else len(data) - (3, 7, 25)[i - count + 3]
        yield f"cut{i}-{name}", data[:cut]


def bit_flips(name, data, count, draw):
    for i in range(count):
        damaged = bytearray(data)
        for _ in range(draw.choice((1, 1, 4, 30))):
            damaged[draw.randrange(len(damaged))] ^= 1 << draw.randrange(8)
        yield f"flip{i}-{name}", bytes(damaged)


def encodings(rows):
    text = csv_text(rows)
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7"):
        yield f"in-{encoding}.csv", text.encode(encoding)
    yield "in-big5.csv", text.encode("big5", "replace")
    yield "twice-encoded.csv", text.encode("utf-8").decode("latin-1").encode("utf-8")
    yield "mojibake.csv", text.encode("utf-8").decode("gb18030", "replace").encode("utf-8")
    yield "utf16-odd.csv", text.encode("utf-16")[:-1]
    half = csv_text(rows[: len(rows) // 2])
    rest = "\n".join(",".join(row) for row in rows[len(rows) // 2:])
    yield "utf8-then-gb18030.csv", half.encode("utf-8") + rest.encode("gb18030")
    yield "gb18030-then-utf8.csv", half.encode("gb18030") + rest.encode("utf-8")
    yield "utf8-then-utf16.csv", half.encode("utf-8") + rest.encode("utf-16-le")
    yield "private-use.csv", text.replace("伟", "\ue863").encode("gb18030")
    yield "every-byte.csv", bytes(range(256)) * 64


def odd_texts(rows, draw, large):
    text = csv_text(rows)
    lines = text.split("\r\n")
    yield "mixed-line-ends.csv", "".join(line + draw.choice(("\r", "\n", "\r\n")) for line in lines).encode()
    yield "cr-only.csv", text.replace("\r\n", "\r").encode()
    yield "no-line-end.csv", text.replace("\r\n", "").encode()
    yield "nul.csv", text.replace("王", "\0").encode()
    yield "nul-only.csv", b"\0" * 100_000
    yield "quotes-only.csv", b'"' * 100_001
    yield "open-quote.csv", (text + '"').encode()
    yield "nested-quotes.csv", (text + ",".join(['"""a""b"""'] * 10) + "\n" + ",".join(['"a"b"c'] * 10)).encode()
    yield "quoted-lines.csv", (text + ",".join(['"a\nb\r\nc"'] * 10) + "\n").encode()
    yield "quote-swallows.csv", text.replace("户主", '"户主', 1).encode()
    yield "formulas.csv", text.replace("户主", "=HYPERLINK(0)").replace("子女", "@SUM(1+1)*cmd|'/C calc'!A0").encode()
    yield "delimiters-only.csv", b"," * 300_000
    yield "header-only.csv", lines[0].encode()
    yield "header-twice.csv", (lines[0] + "\n" + text).encode()
    yield "no-header.csv", "\n".join(lines[1:]).encode()
    yield "uneven.csv", "\n".join(line + "," * draw.randrange(4) for line in lines).encode()
    yield "ten-thousand-columns.csv", "\n".join(line + ",x" * 10_000 for line in lines).encode()
    yield "wide-header.csv", (lines[0] + ",".join(f"列{i}" for i in range(10_000)) + "\n" + "\n".join(lines[1:])).encode()
    yield "huge-cell.csv", (text + "1,2," + "王" * (large // 3) + ",,,,,,,\n").encode()
    yield "huge-line.csv", (lines[0] + "\n" + "a" * large).encode()
    yield "empty.csv", b""
    yield "one-byte.csv", b"a"
    yield "mark-only.csv", b"\xef\xbb\xbf"
    yield "blank-lines.csv", b"\n" * large
    yield "spaces.csv", (" \u3000\u00a0" * 10_000).encode()
    for n in range(6):
        yield f"random{n}.csv", draw.randbytes(20_000)


def odd_pages(rows, large):
    page = html_text(rows)
    yield "page.xls", page.encode()
    yield "page-gb18030.xls", page.encode("gb18030")
    yield "page-utf16.xls", page.encode("utf-16")
    yield "open-page.xls", page.replace("</td>", "").replace("</tr>", "").encode()
    yield "nested-tables.xls", page.replace("户主", "<table><tr><td>" * 2000 + "户主").encode()
    yield "spans.xls", page.replace("<td>", '<td rowspan=1000000000 colspan=99999>').encode()
    yield "spans-negative.xls", page.replace("<td>", '<td rowspan="-1" colspan="x">').encode()
    yield "less-than.xls", ("<html><table><tr><td>" + "<" * large).encode()
    yield "open-comment.xls", page.replace("<tr>", "<!--<tr>", 3).encode()
    yield "open-script.xls", page.replace("<table>", "<script><table>").encode()
    yield "entities.xls", page.replace("户主", "&#x110000;&#0;&#xD800;&nosuch;&&#99999999999;").encode()
    yield "huge-page-cell.xls", page.replace("户主", "x" * large, 1).encode()
    yield "tabs.xls", csv_text(rows).replace(",", "\t").encode("utf-16")


def odd_books(rows, draw, large):
    parts = workbook_parts(rows)
    name = "xl/worksheets/sheet1.xml"

    def changed(**texts):
        return packed({**parts, **{key.replace("__", "/").replace("_dot_", "."): value for key, value in texts.items()}})

    for part in parts:
        yield f"without-{part.split('/')[-1]}.xlsx", packed({k: v for k, v in parts.items() if k != part})
        yield f"empty-{part.split('/')[-1]}.xlsx", packed({**parts, part: ""})
        yield f"no-xml-{part.split('/')[-1]}.xlsx", packed({**parts, part: draw.randbytes(3000)})
        yield f"cut-part-{part.split('/')[-1]}.xlsx", packed({**parts, part: parts[part][: len(parts[part]) // 2]})
        laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
        yield f"entities-{part.split('/')[-1]}.xlsx", packed({**parts, part: laughs + parts[part].replace("<v>", "<v>&b;&c;", 1)})
    rels = parts["xl/_rels/workbook.xml.rels"]
    for target in ("workbook.xml", "_rels/workbook.xml.rels", "sharedStrings.xml", "../../../../etc/passwd", "/", ""):
        yield f"sheet-is-{target.replace('/', '_')}.xlsx", packed(
            {**parts, "xl/_rels/workbook.xml.rels": rels.replace("worksheets/sheet1.xml", target)})
    yield "strings-are-the-sheet.xlsx", packed(
        {**parts, "xl/_rels/workbook.xml.rels": rels.replace("sharedStrings.xml", "worksheets/sheet1.xml")})
    yield "book-is-itself.xlsx", packed({**parts, "_rels/.rels": parts["_rels/.rels"].replace("xl/workbook.xml", "_rels/.rels")})
    sheet = '<sheet name="{}" r:id="s"/>'
    yield "five-thousand-sheets.xlsx", packed({**parts, "xl/workbook.xml": '<workbook xmlns:r="r"><sheets>' +
                                               "".join(sheet.format(f"表{i}") for i in range(5000)) + "</sheets></workbook>"})
    yield "no-sheet.xlsx", packed({**parts, "xl/workbook.xml": "<workbook><sheets/></workbook>"})
    yield "hidden-sheet.xlsx", packed({**parts, "xl/workbook.xml": parts["xl/workbook.xml"].replace("sheetId", 'state="veryHidden" sheetId')})
    yield "sheet-name.xlsx", packed({**parts, "xl/workbook.xml": parts["xl/workbook.xml"].replace("名单", "&#10;" + "长" * 50_000)})
    rows_at = parts[name]
    for what, old, new in (("string-beyond", "<v>1</v>", "<v>99999999</v>"), ("string-negative", "<v>1</v>", "<v>-1</v>"),
                           ("column-beyond", 'r="A2"', 'r="XFE2"'), ("column-odd", 'r="A2"', 'r="😀2"'),
                           ("row-beyond", 'row r="2"', 'row r="1048577"'), ("row-twice", 'row r="2"', 'row r="1"'),
                           ("row-last", f'row r="{len(rows) + 1}"', 'row r="1048576"'), ("type-unknown", 't="s"', 't="zz"'),
                           ("style-beyond", 't="s"', 's="99999999999999999999"'), ("no-places", ' r="', ' q="')):
        yield f"{what}.xlsx", packed({**parts, name: rows_at.replace(old, new)})
    merges = "".join(f'<mergeCell ref="A{i}:J{i + 5}"/>' for i in range(1, 1 + large // 100))
    yield "overlapping-merges.xlsx", packed(workbook_parts(rows, f"<mergeCells>{merges}</mergeCells>"))
    whole = "".join(f'<mergeCell ref="{letters(c)}1:{letters(c)}1048576"/>' for c in range(2000))
    yield "whole-merges.xlsx", packed(workbook_parts(rows, f"<mergeCells>{whole}</mergeCells>"))
    yield "open-merges.xlsx", packed(workbook_parts(rows, '<mergeCells><mergeCell ref="A1:A'))
    yield "formulas.xlsx", packed({**parts, name: rows_at.replace("<v>1</v>", "<f>1/0</f>")})
    yield "errors.xlsx", packed({**parts, name: rows_at.replace('t="s"><v>1</v>', 't="e"><v>#REF!</v>')})
    yield "huge-string.xlsx", packed({**parts, "xl/sharedStrings.xml": "<sst><si><t>" + "王" * (large // 3) + "</t></si></sst>"})
    yield "huge-inline.xlsx", packed({**parts, name: rows_at.replace("<v>1</v>", "<is><t>" + "x" * large + "</t></is>", 1)})
    yield "huge-tag.xlsx", packed({**parts, name: f'<worksheet a="{"x" * large}"/>'})
    yield "deep.xlsx", packed({**parts, name: "<a>" * (large // 3)})
    wide = "".join(f'<c r="{letters(c)}1" t="inlineStr"><is><t>列{c}</t></is></c>' for c in range(10_000))
    yield "ten-thousand-columns.xlsx", packed({**parts, name: rows_at.replace('<row r="1">', '<row r="1">' + wide.replace("列", "列") + "<!--", 1)
                                               .replace("</row>", "--></row>", 1)})
    far = "".join(f'<row r="{r}"><c r="A{r}" t="s"><v>1</v></c><c r="XFD{r}"><v>1</v></c></row>' for r in range(2, 2 + large // 500))
    yield "far-right.xlsx", packed({**parts, name: rows_at.split("</row>", 1)[0] + "</row>" + far + "</sheetData></worksheet>"})
    long_text = "<sst>" + "<si><t>" + "长" * 20_000 + "</t></si>" + parts["xl/sharedStrings.xml"][5:]
    copies = "".join('<row>' + '<c t="s"><v>0</v></c>' * 10 + "</row>" for _ in range(large // 250))
    yield "copies.xlsx", packed({**parts, "xl/sharedStrings.xml": long_text, name: "<worksheet><sheetData>" + copies + "</sheetData></worksheet>"})


def archives(rows, large):
    text = csv_text(rows).encode()
    book = packed(workbook_parts(rows))
    good = {"a.csv": text, "b.xlsx": book, "说明.txt": "说明".encode()}
    yield "good.zip", packed(good)
    yield "stored.zip", packed(good, zipfile.ZIP_STORED)
    yield "bzip2.zip", packed(good, zipfile.ZIP_BZIP2)
    yield "lzma.zip", packed(good, zipfile.ZIP_LZMA)
    yield "zip-in-zip.zip", packed({"a.zip": packed(good)})
    yield "empty.zip", packed({})
    yield "climbing.zip", packed({"../../../../tmp/evil.csv": text, "/etc/passwd": text, "C:\\a.csv": text})
    yield "long-name.zip", packed({"长" * 20_000 + ".csv": text})
    yield "same-name.zip", packed({"a.csv": text}) + packed({"a.csv": text})
    yield "twenty-thousand.zip", packed({f"{i}.txt": b"" for i in range(large // 500)})
    locked = bytearray(packed(good))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.find(signature)
        while at >= 0:
            locked[at + flags] |= 1
            at = locked.find(signature, at + 4)
    yield "locked.zip", bytes(locked)
    wrong = bytearray(packed({"a.csv": text}))
    at = wrong.find(b"PK\x01\x02")
    struct.pack_into("<I", wrong, at + 24, 10)  # the size that the directory says
    yield "wrong-size.zip", bytes(wrong)
    wrong = bytearray(packed({"a.csv": text}))
    struct.pack_into("<I", wrong, wrong.find(b"PK\x01\x02") + 16, 1)
    yield "wrong-checksum.zip", bytes(wrong)
    yield "good.csv.gz", gzip.compress(text)
    yield "book.gz", gzip.compress(book)
    yield "gz-in-gz.gz", gzip.compress(gzip.compress(text))
    yield "members.gz", gzip.compress(text[:1000]) + gzip.compress(text[1000:])
    yield "garbage-behind.gz", gzip.compress(text) + b"garbage behind"
    yield "zeros-behind.gz", gzip.compress(text) + b"\0" * 10_000
    yield "wrong-checksum.gz", gzip.compress(text)[:-8] + b"12345678"


def bombs(rows, megabytes):
    zeros = b"0" * 1_000_000
    member = gzip.compress(zeros * 10)
    yield "bomb.gz", member * (megabytes // 10)
    parts = workbook_parts(rows)
    sheet = "xl/worksheets/sheet1.xml"
    rest = {k: v for k, v in parts.items() if k != sheet}
    blank = b'<row><c s="1"/></row>' * 50_000
    yield "blank-rows.xlsx", pieces_packed(sheet, [b"<worksheet><sheetData>", *[blank] * megabytes], rest)
    yield "spaces.xlsx", pieces_packed(sheet, [b"<worksheet>", *[b" " * 1_000_000] * megabytes], rest)
    rest = {k: v for k, v in parts.items() if k != "xl/sharedStrings.xml"}
    yield "empty-strings.xlsx", pieces_packed("xl/sharedStrings.xml", [b"<sst>", *[b"<si/>" * 200_000] * megabytes], rest)
    yield "long-strings.xlsx", pieces_packed(
        "xl/sharedStrings.xml", [b"<sst>", *[b"<si><t>" + zeros[:60_000] + b"</t></si>"] * (megabytes * 16)], rest)
    yield "bomb.zip", pieces_packed("a.csv", [csv_text(rows).encode(), *[zeros] * megabytes])
    yield "many-bombs.zip", packed({f"{i}.csv": zeros * 60 for i in range(max(1, megabytes // 60))})
    # Quoted by its own deflate stream: entries that share their bytes.
    yield "raw-deflate.zip", packed({"a.csv": zlib.compress(zeros)})


def strangers():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    for stream in ("Workbook", "EncryptedPackage", "WordDocument", "Book"):
        yield f"{stream}.xls", ole + stream.encode("utf-16-le") + b"\0" * 2000
    yield "short-ole.xls", ole[:12]
    yield "far-directory.xls", ole[:48] + b"\xff\xff\xff\x7f" + ole[52:]
    for name, head in (("pdf", b"%PDF-1.7"), ("png", b"\x89PNG\r\n\x1a\n"), ("jpg", b"\xff\xd8\xff\xe0"), ("rar", b"Rar!\x1a\x07\0"),
                       ("7z", b"7z\xbc\xaf\x27\x1c"), ("doc", b"{\\rtf1 a}"), ("mht", b"MIME-Version: 1.0\r\n"), ("elf", b"\x7fELF\2\1\1")):
        yield f"stranger.{name}", head + bytes(range(256)) * 20
    yield "xml2003.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
    yield "other.xml", b'<?xml version="1.0"?><a><b>1</b></a>'
    yield "ods.ods", packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"})
    yield "xlsb.xlsb", packed({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"\0"})
    yield "docx.docx", packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a/>"})


def all_files(seed, short):
    """In a short run nothing is large."""
    draw = random.Random(seed)
    rows = people(12 if short else 300, seed)
    large = 300_000 if short else 20_000_000
    text = csv_text(rows).encode()
    gb18030 = csv_text(rows).encode("gb18030")
    book = packed(workbook_parts(rows))
    archive = packed({"a.csv": gb18030, "b.xlsx": book})
    few = 3 if short else 1
    yield "good.csv", text
    yield "good.xlsx", book
    for name, data, cuts, flips in (("a.csv", text, 6, 8), ("gb.csv", gb18030, 6, 8), ("a.xls", html_text(rows).encode(), 6, 8),
                                    ("a.xlsx", book, 24, 40), ("a.zip", archive, 15, 20), ("a.gz", gzip.compress(text), 9, 15)):
        yield from truncations(name, data, max(4, cuts // few))
        yield from bit_flips(name, data, max(2, flips // few), draw)
    yield from encodings(rows)
    yield from odd_texts(rows, draw, large)
    yield from odd_pages(rows, large)
    yield from odd_books(rows, draw, large)
    yield from archives(rows, large)
    yield from strangers()
    yield from bombs(rows, 80 if short else 1200)
