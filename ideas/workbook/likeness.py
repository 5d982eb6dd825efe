"""Which rows of a file we seem to have already, and which tell something personal."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Lower, Trim

from ideas.models import Idea
from ideas.personal_data import find
from ideas.workbook.rows import ImportedIdea

MOST_LIKE = 3  # ideas that are shown beside a row


@dataclass(frozen=True)
class Noted:
    """What to think about before a row is taken in.

    `same` is the code of an idea with the very same text, `same_row` a row higher up with it,
    `like` are ideas that seem to be about the same, `personal` is what looks like it is about
    somebody.
    """

    same: str = ""
    same_row: int | None = None
    like: tuple[tuple[str, str], ...] = ()  # code and title
    personal: tuple[str, ...] = ()

    @property
    def is_there_already(self) -> bool:
        return bool(self.same or self.same_row)

    @property
    def is_empty(self) -> bool:
        return self == Noted()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Noted":
        return cls(
            same=stored["same"],
            same_row=stored["same_row"],
            like=tuple((code, title) for code, title in stored["like"]),
            personal=tuple(stored["personal"]),
        )


def note_all(ideas: Iterable[ImportedIdea]) -> list[Noted]:
    """Beside each row. A row is looked up alone, so a file has room for so many and no more."""
    rows = list(ideas)
    codes = _codes_of({_bare(each.problem) for each in rows})
    first: dict[str, int] = {}
    noted = []
    for each in rows:
        text = _bare(each.problem)
        earlier = first.setdefault(text, each.row)
        same = codes.get(text, "")
        noted.append(
            Noted(
                same=same,
                same_row=None if earlier == each.row else earlier,
                like=() if same else _like(each.text),
                personal=_personal(each),
            )
        )
    return noted


def _bare(text: str) -> str:
    return " ".join(text.lower().split())


def _codes_of(texts: set[str]) -> dict[str, str]:
    """Text → the code of the idea that says just that."""
    one_space = Func(
        Lower("problem"),
        Value(r"\s+"),
        Value(" "),
        Value("g"),
        function="regexp_replace",
        output_field=TextField(),
    )
    found = Idea.objects.alias(bare=Trim(one_space)).filter(bare__in=texts)
    return dict(found.order_by("-pk").values_list(F("bare"), "code"))


def _like(text: str) -> tuple[tuple[str, str], ...]:
    found = Idea.objects.similar_to(text)[:MOST_LIKE]
    return tuple((idea.code, idea.title) for idea in found)


def _personal(idea: ImportedIdea) -> tuple[str, ...]:
    texts = (idea.title, idea.problem, idea.who_has_it, idea.solution)
    return tuple(finding.text for text in texts for finding in find(text))
