"""Where everything stands in the workbook. Written and read by the same map."""

import hashlib
import json
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from openpyxl.utils import get_column_letter

from core.workbooks import plain_text
from prioritization.models import Question, Round, ScoreLevel
from prioritization.sheets import Cell

FORM = "poeng-paa-ideer"
FORMAT = 1
MAX_IDEAS = 1000  # a round with more is not for a spreadsheet
ABSTAINS = 0  # among the levels, in the file

GUIDE, CRITERIA = _("Slik gjør du"), _("Kriterier")
SCORES, REASONS, COMMENTS = _("Poeng"), _("Avstår fordi"), _("Kommentarer")
ABOUT = _("Om fila")

# On the sheet that says what the file is.
FORM_CELL, FORMAT_CELL = "B2", "B3"
ROUND_CELL, ROUND_NAME_CELL = "B4", "B5"
SCORER_CELL, CRITERIA_CELL = "B6", "B7"
CONTROL_HEADER_ROW = 11
CONTROL_KEY, CONTROLS = "A", "B"

# On the sheet of the criteria.
CRITERIA_HEADER_ROW = 3
WEIGHT, DIRECTION = "B", "D"

# On the three sheets with an idea in each row and a question in each column.
KEY_ROW, HEADER_ROW = 3, 4
KEY, IDEA, FIRST_ANSWER = "A", "B", 3


def levels() -> dict[str, int]:
    """The words of the drop-down list."""
    return {**{str(level.label): level.value for level in ScoreLevel}, str(_("Avstår")): ABSTAINS}


def answer_column(index: int) -> str:
    return get_column_letter(FIRST_ANSWER + index)


def control(cell: Cell) -> str:
    """The same for the same answer: written on download, compared on upload."""
    level = ABSTAINS if cell.abstention else cell.level
    return control_of(level, cell.abstention, cell.comment)


def control_of(level: int | None, reason: str, comment: str) -> str:
    content = json.dumps([level, plain_text(reason), plain_text(comment)])
    return hashlib.sha256(content.encode()).hexdigest()[:8]


def criteria_fingerprint(scored: Round, questions: Sequence[Question]) -> str:
    """Another one when the questions, their weights or their directions are others."""
    asked = [[each.pk, each.text, each.criterion.weight, str(each.direction)] for each in questions]
    content = json.dumps([scored.pk, asked])
    return hashlib.sha256(content.encode()).hexdigest()[:16]
