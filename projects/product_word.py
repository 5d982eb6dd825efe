"""A product as a Word document: the municipality may have to go on writing in it.

Real heading styles, lists and tables with header rows, so that Word's own navigation and a screen
reader find their way, and Norwegian as the language, so that the spelling is checked in it.
"""

import datetime as dt
import io
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

LANGUAGE = "nb-NO"
FONT = "Calibri"
BLUE = RGBColor(0x0B, 0x55, 0x63)
GREY = RGBColor(0x58, 0x5F, 0x5D)
HEADING_SIZES = {"Title": 24, "Heading 1": 15, "Heading 2": 12}
SMALL = Pt(9)
TEXT_WIDTH = Cm(16.4)
LETTER, PADDING = Cm(0.2), Cm(0.5)  # of a cell, where the font is wide
MOST_LETTERS = 40  # that a column is weighed by
WIDE_TABLE = 6  # columns: then the letters are smaller

# XML has no room for the characters below the space, but for the white ones.
CONTROL = {code: None for code in range(32) if chr(code) not in "\t\n\r"}


def document(shown: dict[str, Any], *, created_at: dt.datetime) -> bytes:
    """`shown`: of projects.product_document.context."""
    word = Document()
    _set_up(word, shown, created_at)
    word.add_paragraph(_clean(shown["title"]), style="Title")
    _head(word, shown["head"])
    for section in shown["sections"]:
        _section(word, section)
    _attachments(word, shown["attachments"])
    for log in shown["logs"]:
        word.add_heading(log["title"], level=1)
        _table(word, log)
    word.add_paragraph().paragraph_format.line_spacing = Pt(1)  # Word wants one after a table
    result = io.BytesIO()
    word.save(result)
    return result.getvalue()


def _clean(text: str) -> str:
    return text.translate(CONTROL)


def _set_up(word: Any, shown: dict[str, Any], created_at: dt.datetime) -> None:
    _properties(word, shown, created_at)
    _language(word)
    _styles(word)
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.3)
    page.top_margin = page.bottom_margin = Cm(2.4)
    _running(page.header.paragraphs[0], f"{shown['municipality']['name']} · {shown['title']}")
    footer = page.footer.paragraphs[0]
    _running(footer, f"{shown['running_title']} · {_('side')} ")
    _page_number(footer)


def _properties(word: Any, shown: dict[str, Any], created_at: dt.datetime) -> None:
    properties = word.core_properties
    properties.title = _clean(shown["title"])
    properties.subject = _clean(shown["running_title"])
    properties.author = _clean(shown["municipality"]["name"])
    properties.last_modified_by = properties.author
    properties.language = LANGUAGE
    properties.version = str(shown["version"])
    properties.comments = ""
    properties.created = properties.modified = created_at.astimezone(dt.UTC).replace(tzinfo=None)


def _language(word: Any) -> None:
    defaults = word.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    for name in ("w:val", "w:eastAsia"):
        language.set(qn(name), LANGUAGE)


def _styles(word: Any) -> None:
    normal = word.styles["Normal"]
    _set_font(normal)
    normal.font.size = Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    for name, size in HEADING_SIZES.items():
        style = word.styles[name]
        _set_font(style)
        style.font.size, style.font.bold, style.font.color.rgb = Pt(size), True, BLUE
        style.paragraph_format.keep_with_next = True
    caption = word.styles["Caption"]
    _set_font(caption)
    caption.font.size, caption.font.bold, caption.font.color.rgb = SMALL, False, GREY
    caption.paragraph_format.keep_with_next = True


def _set_font(style: Any) -> None:
    """The theme's own font would else win over the name."""
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)


def _running(paragraph: Any, text: str) -> None:
    run = paragraph.add_run(_clean(text))
    run.font.size, run.font.color.rgb = SMALL, GREY


def _page_number(paragraph: Any) -> None:
    run = paragraph.add_run()
    run.font.size, run.font.color.rgb = SMALL, GREY
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if text:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = text
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _head(word: Any, fields: list[tuple[str, str]]) -> None:
    table = word.add_table(rows=0, cols=2, style="Table Grid")
    for name, value in fields:
        cells = table.add_row().cells
        _write(cells[0], name, bold=True)
        _write(cells[1], value)
        cells[0].width, cells[1].width = Cm(4.2), Cm(12.2)


def _section(word: Any, section: dict[str, Any]) -> None:
    word.add_heading(_clean(section["heading"]), level=1)
    for part in section["prose"]:
        _prose(word, part)
    if not section["prose"] and not section["tables"]:
        word.add_paragraph(_("Ikke skrevet."))
    for table in section["tables"]:
        _table(word, table, caption=table["title"])


def _prose(word: Any, part: Any) -> None:
    if part.is_list:
        for line in part.lines:
            word.add_paragraph(_clean(line), style="List Bullet")
        return
    paragraph = word.add_paragraph()
    for number, line in enumerate(part.lines):
        if number:
            paragraph.add_run().add_break()
        paragraph.add_run(_clean(line))


def _attachments(word: Any, attachments: list[dict[str, Any]]) -> None:
    if not attachments:
        return
    word.add_heading(_("Vedlegg"), level=1)
    for each in attachments:
        words = _("{name} (erstatter teksten)") if each["replaces"] else "{name}"
        word.add_paragraph(_clean(words.format(name=each["name"])), style="List Bullet")


def _table(word: Any, shown: dict[str, Any], *, caption: str = "") -> None:
    if caption:
        word.add_paragraph(_clean(caption), style="Caption")
    if not shown["rows"]:
        word.add_paragraph(_clean(shown["empty"]))
        return
    columns = shown["columns"]
    table = word.add_table(rows=1, cols=len(columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _name(table, shown["title"])
    _header_row(table.rows[0], columns, shown)
    for row in shown["rows"]:
        _row(table, row, shown)
    if shown["total"]:
        _row(table, shown["total"], shown, bold=True)
    for column, width in zip(table.columns, _widths(shown), strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def _widths(shown: dict[str, Any]) -> list[int]:
    """Each column has room for its longest word; what is left goes where there is most to say."""
    rows = [shown["columns"], *shown["rows"], *filter(None, [shown["total"]])]
    columns = [[row[place] for row in rows] for place in range(len(shown["columns"]))]
    least = [max(_longest_word(cell) for cell in cells) * LETTER + PADDING for cells in columns]
    left = max(TEXT_WIDTH - sum(least), 0)
    wishes = [min(max(len(cell) for cell in cells), MOST_LETTERS) for cells in columns]
    wide = [room + left * wish / sum(wishes) for room, wish in zip(least, wishes, strict=True)]
    return [int(TEXT_WIDTH * width / sum(wide)) for width in wide]


def _longest_word(text: str) -> int:
    """In letters. The narrow space within a number does not part it."""
    return max(len(word) for word in text.replace("\n", " ").split(" "))


def _name(table: Any, title: str) -> None:
    """The table's own title, which a screen reader says."""
    properties = table._tbl.tblPr
    described = OxmlElement("w:tblCaption")
    described.set(qn("w:val"), _clean(title))
    properties.append(described)


def _header_row(row: Any, columns: list[str], shown: dict[str, Any]) -> None:
    for place, (cell, words) in enumerate(zip(row.cells, columns, strict=True)):
        _write(cell, words, bold=True, shown=shown, place=place)
    properties = row._tr.get_or_add_trPr()
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    properties.append(repeated)


def _row(table: Any, cells: list[str], shown: dict[str, Any], *, bold: bool = False) -> None:
    row = table.add_row()
    whole = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(whole)
    for place, (cell, words) in enumerate(zip(row.cells, cells, strict=True)):
        _write(cell, words, bold=bold, shown=shown, place=place)


def _write(
    cell: Any, text: str, *, bold: bool = False, shown: dict[str, Any] | None = None, place: int = 0
) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing = 1.0
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(_clean(text))
    run.bold = bold
    run.font.size = SMALL if shown and len(shown["columns"]) >= WIDE_TABLE else Pt(10)
    if shown and place in shown["numbers"]:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
