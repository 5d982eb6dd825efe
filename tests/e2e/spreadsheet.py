"""LibreOffice without a window: opens a workbook, types in cells, and saves it as .xlsx.

A macro in a profile made for the occasion does the typing, so nothing more is needed than Calc.
"""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

PROGRAM = shutil.which("soffice")
MISSING = "LibreOffice is missing (package libreoffice-calc); make test installs it as root"

_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Typing"
 script:language="StarBasic">
Sub Main
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, hidden())
{typing}
  Dim excel(0) As New com.sun.star.beans.PropertyValue
  excel(0).Name = "FilterName" : excel(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL("{target}", excel())
  book.close(True)
End Sub

Sub Put(book, sheet, place, content)
  On Error Resume Next
  cell = book.Sheets.getByName(sheet).getCellRangeByName(place)
  If Left(content, 1) = "=" Then
    cell.setFormula(content)
  ElseIf IsNumeric(content) Then
    cell.setValue(CDbl(content))
  Else
    cell.setString(content)
  End If
End Sub
</script:module>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Typing"/>
</library:library>
"""


def type_into(
    source: Path, target: Path, cells: Mapping[tuple[str, str], str | int], *, folder: Path
) -> None:
    """Put each value in its (sheet, cell). `folder` is the program's own, for this time only."""
    typing = "\n".join(
        f"  Put(book, {_quoted(sheet)}, {_quoted(cell)}, {_quoted(str(value))})"
        for (sheet, cell), value in cells.items()
    )
    macro = _MACRO.format(source=source.as_uri(), target=target.as_uri(), typing=_as_xml(typing))
    _run(folder, "--terminate_after_init")  # makes the profile, with libraries of its own
    standard = folder / "user" / "basic" / "Standard"
    (standard / "Typing.xba").write_text(macro)
    (standard / "script.xlb").write_text(_LIBRARY)
    _run(folder, "macro:///Standard.Typing.Main")


def _run(folder: Path, *arguments: str) -> None:
    profile = f"-env:UserInstallation={folder.as_uri()}"
    command = [str(PROGRAM), profile, "--headless", "--norestore", "--nologo", *arguments]
    subprocess.run(command, check=True, timeout=120, capture_output=True)


def _quoted(text: str) -> str:
    """A text in Basic, which knows no line ends in one."""
    lines = ['"' + line.replace('"', '""') + '"' for line in text.split("\n")]
    return " & Chr(10) & ".join(lines)


def _as_xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
