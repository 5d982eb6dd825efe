"""Search in Norwegian that forgives typing errors, and finding what is like a text.

A table that is searched has a generated column `search` (`SearchColumn`) with a GIN index. The
words of its rows are counted now and then (`count_words`). With the counts, a word typed wrong is
read as the nearest one in use, and a long text is looked up by its rarest words: how much is read
from the table stays about the same however large it grows.
"""

import math
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any, TypeVar, cast

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector, SearchVectorField
from django.db import connection, models
from django.db.models import Case, F, FloatField, Q, Value, When
from django.db.models.expressions import Col, Combinable
from django.utils.functional import cached_property

from core.models import SearchWord

CONFIG = "norwegian"
LONGEST = 4000  # characters of a text that are looked at
MOST_SEARCHED = 10  # words of a search
MOST_WEIGHED = 30  # words of a text that rows are weighed by
MOST_CANDIDATES = 400  # rows that are weighed
MOST_RANKED = 1000  # hits of a search that are put in order
NEAR = 0.4  # trigrams two words must share for one to be the other, typed wrong
MOST_GUESSED = 4  # words of one text that are looked for like that
SHARED = 0.8  # how much a like row shares: nearly as much as a word that stands in no other row
SHARED_OF_FEW = 0.6  # or so much of a text that is short

M = TypeVar("M", bound=models.Model)

# The stems of a text in their order, each with how many rows hold it. Beside it stands the nearest
# stem in use, for the first few that are not in use themselves.
LOOK_UP = """
WITH typed AS (
    SELECT lexeme AS word, positions[1] AS place
    FROM unnest(to_tsvector(%(config)s::regconfig, %(text)s))
    WHERE lexeme ~ '^\\w+$' AND length(lexeme) <= 60
    ORDER BY place LIMIT %(most)s
), known AS (
    SELECT typed.word, typed.place, same.rows,
        count(*) FILTER (WHERE same.rows IS NULL) OVER (ORDER BY typed.place, typed.word) AS guess
    FROM typed LEFT JOIN LATERAL (
        SELECT max(used.rows) AS rows FROM {words} AS used
        WHERE used.source = %(source)s AND used.word {same}
    ) AS same ON true
)
SELECT known.word, known.rows, near.word, near.rows,
    (SELECT rows FROM {words} WHERE source = %(source)s AND word = '')
FROM known LEFT JOIN LATERAL (
    SELECT used.word, used.rows FROM {words} AS used
    WHERE known.rows IS NULL AND length(known.word) >= 4 AND known.guess <= %(guessed)s
        AND used.source = %(source)s AND used.word %% known.word
        AND similarity(used.word, known.word) >= %(near)s
    ORDER BY similarity(used.word, known.word) DESC, used.rows DESC, used.word LIMIT 1
) AS near ON true
ORDER BY known.place, known.word
"""
WHOLE, BEGUN = "= typed.word", "LIKE typed.word || '%%'"

# The number of rows is kept as that of the empty word.
COUNT = """
WITH counted AS MATERIALIZED (
    SELECT word, ndoc FROM ts_stat('SELECT search FROM {table}') WHERE length(word) <= 60
    UNION ALL SELECT '', count(*) FROM {table}
), gone AS (
    DELETE FROM {words} AS used WHERE source = %(source)s
        AND NOT EXISTS (SELECT FROM counted WHERE counted.word = used.word)
)
INSERT INTO {words} AS used (source, word, rows)
SELECT %(source)s, word, ndoc FROM counted
ON CONFLICT (source, word) DO UPDATE SET rows = excluded.rows WHERE used.rows <> excluded.rows
"""


@dataclass(frozen=True)
class _Word:
    """A word of a text as the table knows it, in `rows` of its `total` rows."""

    stem: str
    rows: int
    total: int

    @property
    def weight(self) -> float:
        """The rarer, the more it tells (inverse document frequency)."""
        return math.log(1 + self.total / max(self.rows, 1))


class SearchColumn(models.GeneratedField):
    """The column of a table that is searched: fields with their weights, from A to D.

    It is looked in, never looked at, so no query carries it out of the database.
    """

    db_returning = False  # type: ignore[assignment]

    def __init__(self, **weights: Any) -> None:
        if "expression" in weights:  # a clone, or a migration
            super().__init__(**weights)
            return
        vectors = [
            SearchVector(field, weight=weight, config=CONFIG) for field, weight in weights.items()
        ]
        super().__init__(
            expression=reduce(add, vectors),
            output_field=SearchVectorField(),
            db_persist=True,
            editable=False,
        )

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.GeneratedField", args, kwargs

    @cached_property
    def cached_col(self) -> Col:
        return Col(self.model._meta.db_table, self)

    def get_col(self, alias: str, output_field: Any = None) -> Col:
        return Col(alias, self)

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        return "NULL", []


def count_words(model: type[models.Model]) -> None:
    """Count the words of a table anew."""
    statement = COUNT.format(table=model._meta.db_table, words=SearchWord._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"source": model._meta.label})


def matching(model: type[models.Model], text: str) -> Q:
    """Rows that hold every word of `text`, also bent, begun or typed a little wrong."""
    query = _all_words(model, text)
    return Q(pk__in=[]) if query is None else Q(search=query)


def best_first(rows: models.QuerySet[M], text: str, *, also: Q) -> models.QuerySet[M]:
    """Those of `rows` that match `text`, or are `also` meant by it, the best hits first.

    Of very many hits the newest are weighed, so that common words take no longer than rare ones.
    """
    query = _all_words(rows.model, text)
    if query is None:
        return rows.filter(also).order_by("-pk")
    hits = rows.filter(Q(search=query) | also).order_by("-pk").values("pk")[:MOST_RANKED]
    weighed = rows.filter(pk__in=hits).annotate(relevance=SearchRank(F("search"), query))
    return cast(models.QuerySet[M], weighed.order_by("-relevance", "-pk"))


def _all_words(model: type[models.Model], text: str) -> SearchQuery | None:
    """None when there is no word in `text` to look for."""
    found = _look_up(model, text, same=BEGUN, most=MOST_SEARCHED, guessed=MOST_SEARCHED)
    stems = [near or typed for typed, _rows, near, _near_rows, _total in found]
    return _query(stems, " & ", begun=True) if stems else None


def like(rows: models.QuerySet[M], text: str) -> models.QuerySet[M]:
    """Those of `rows` that share what `text` tells, with their `likeness`, the most like first."""
    words = _known_words(rows.model, text)
    if not words:
        return rows.none()
    candidates = rows.filter(search=_about(words)).order_by("-pk").values("pk")[:MOST_CANDIDATES]
    single = math.log(1 + words[0].total)
    enough = min(SHARED * single, SHARED_OF_FEW * sum(word.weight for word in words))
    weighed = rows.filter(pk__in=candidates).annotate(likeness=_shared(words))
    return cast(
        models.QuerySet[M], weighed.filter(likeness__gte=enough).order_by("-likeness", "-pk")
    )


def _look_up(
    model: type[models.Model], text: str, *, same: str, most: int, guessed: int
) -> list[tuple]:
    statement = LOOK_UP.format(words=SearchWord._meta.db_table, same=same)
    values: dict[str, str | int | float] = {
        "config": CONFIG,
        "text": text[:LONGEST].replace("\0", " "),
        "most": most,
        "source": model._meta.label,
        "near": NEAR,
        "guessed": guessed,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _known_words(model: type[models.Model], text: str) -> list[_Word]:
    """The words of `text` that are in use, rarest first."""
    found = _look_up(model, text, same=WHOLE, most=LONGEST, guessed=MOST_GUESSED)
    words = {
        _Word(near or typed, near_rows or rows, total)
        for typed, rows, near, near_rows, total in found
        if near_rows or rows
    }
    return sorted(words, key=lambda word: (word.rows, word.stem))[:MOST_WEIGHED]


def _about(words: list[_Word]) -> SearchQuery:
    """What a candidate must hold: one of the rarest words, as many as do not give too many rows.

    When even the rarest word is common, it must stand together with the next.
    """
    chosen, rows = [], 0
    for word in words:
        rows += word.rows
        if rows > MOST_CANDIDATES:
            break
        chosen.append(word.stem)
    if chosen:
        return _query(chosen, " | ")
    return _query([word.stem for word in words[:2]], " & ")


def _shared(words: list[_Word]) -> Combinable:
    """The weights of the words that a row holds, together."""
    parts = [
        Case(
            When(search=_query([word.stem], ""), then=Value(word.weight)),
            default=Value(0.0),
            output_field=FloatField(),
        )
        for word in words
    ]
    return reduce(add, parts)


def _query(stems: list[str], operator: str, *, begun: bool = False) -> SearchQuery:
    """Of stems that are letters and digits only, so nothing in them is an operator."""
    parts = [f"'{stem}':*" if begun else f"'{stem}'" for stem in stems]
    return SearchQuery(operator.join(parts), config="simple", search_type="raw")
