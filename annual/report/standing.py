"""What of a published report everybody may still read.

An idea can be held back and a project closed after the report was published, and what was personal
in an idea can be taken out of it. The page follows at once; a paper that says more than the page is
not handed out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from annual.report.parts import Facts
from annual.report.stories import problem_of
from ideas.models import Idea, IdeaQuerySet
from projects.models import Project


@dataclass(frozen=True)
class Standing:
    """`is_whole`: nothing has been taken out of it or said otherwise since."""

    shown: Facts
    is_whole: bool


def standing(shown: Facts) -> Standing:
    """Two reads, however long the report is."""
    ideas = {idea.code: idea for idea in _ideas(shown)}
    opened = set(_opened(shown))
    now = {**shown, "sections": [_section(each, ideas, opened) for each in shown["sections"]]}
    return Standing(now, is_whole=now == shown)


def _ideas(shown: Facts) -> IdeaQuerySet:
    codes = {
        named["code"]
        for section in shown["sections"]
        for named in [*section["outcomes"], *section["stories"]]
    }
    rows = Idea.objects.published().filter(code__in=codes)
    return rows.only("code", "title", "summary", "problem")


def _opened(shown: Facts) -> Iterable[int]:
    keys = {
        key
        for section in shown["sections"]
        for key in [
            *(story["project_pk"] for story in section["stories"]),
            *(row["project"] for table in section["tables"] for row in table["rows"]),
        ]
        if key is not None
    }
    return Project.objects.opened().filter(pk__in=keys).values_list("pk", flat=True)


def _section(section: Facts, ideas: dict[str, Idea], opened: set[int]) -> Facts:
    return {
        **section,
        "outcomes": [
            {**outcome, "title": ideas[outcome["code"]].title}
            for outcome in section["outcomes"]
            if outcome["code"] in ideas
        ],
        "stories": [
            _story(story, ideas[story["code"]])
            for story in section["stories"]
            if story["code"] in ideas and story["project_pk"] in opened
        ],
        "tables": [_table(table, opened) for table in section["tables"]],
    }


def _story(story: dict[str, Any], idea: Idea) -> dict[str, Any]:
    return {**story, "title": idea.title, "problem": problem_of(idea)}


def _table(table: dict[str, Any], opened: set[int]) -> dict[str, Any]:
    rows = [row for row in table["rows"] if row["project"] is None or row["project"] in opened]
    return {**table, "rows": rows}
