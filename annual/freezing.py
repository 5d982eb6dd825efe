"""The year as rows that are never changed, written by the database itself.

Each kind is one INSERT … SELECT, so that ten thousand ideas never pass through Python. The rows
stand without names: who scored is a number within the round, and what people wrote about an idea
is only a fingerprint of the text. What is official is kept whole: decisions, gates, the sectors'
reasons.

The seal is the SHA-256 of the lines that `lines` gives, in their order, each with a line feed:
the same bytes as the file people download, so that `sha256sum` on it gives the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection

from annual.models import ClosedYear, FrozenKind, FrozenRow
from maturity import results
from maturity.results import YearResult
from municipality.models import Sector

# The questions of each round of the year, numbered as they are asked, and its scorers.
ASKED = """
asked AS (
    SELECT round.id AS round_id, round.stage, criteria.version, criterion.code AS criterion,
        criterion.name, criterion.weight, question.id AS question_id, question.text,
        coalesce(chosen.direction, question.direction) AS direction,
        row_number() OVER (
            PARTITION BY round.id
            ORDER BY criterion."order", criterion.id, question."order", question.id
        ) AS number
    FROM prioritization_round round
    JOIN prioritization_criteriaset criteria ON criteria.id = round.criteria_set_id
    JOIN prioritization_criterion criterion ON criterion.criteria_set_id = criteria.id
    JOIN prioritization_question question ON question.criterion_id = criterion.id
    LEFT JOIN prioritization_chosendirection chosen
        ON chosen.round_id = round.id AND chosen.question_id = question.id
    WHERE round.cycle_id = %(cycle)s
)
"""

CRITERIA = f"""
WITH {ASKED}
SELECT stage || '/' || lpad(number::text, 3, '0'), jsonb_build_object(
    'round', stage, 'version', version, 'criterion', criterion, 'name', name, 'weight', weight,
    'question', number, 'text', text, 'direction', direction
)
FROM asked
"""

IDEAS = """
SELECT idea.code, jsonb_build_object(
    'idea', idea.code, 'status', idea.status, 'sector', sector.code,
    'is_statutory', idea.is_statutory, 'supporters', idea.supporter_count,
    'received_on', (idea.created_at AT TIME ZONE %(zone)s)::date,
    'answered_on', (answered.at AT TIME ZONE %(zone)s)::date,
    'promised_on', idea.answer_due_on,
    'postponed_until', idea.postponed_until, 'parked_to', idea.parked_to,
    'cost', idea.estimated_cost, 'effort', idea.estimated_effort,
    'goals', coalesce(goals.codes, '[]'),
    'text_sha256', encode(sha256(convert_to(
        concat_ws(E'\\n', idea.title, idea.problem, idea.who_has_it, idea.solution), 'UTF8'
    )), 'hex')
)
FROM ideas_idea idea
LEFT JOIN municipality_sector sector ON sector.id = idea.sector_id
LEFT JOIN (
    SELECT change.idea_id, min(change.at) AS at FROM ideas_statuschange change
    JOIN ideas_idea one ON one.id = change.idea_id
    WHERE one.cycle_id = %(cycle)s AND change.status <> 'received'
    GROUP BY change.idea_id
) answered ON answered.idea_id = idea.id
LEFT JOIN (
    SELECT linked.idea_id, jsonb_agg(goal.code ORDER BY goal.code) AS codes
    FROM ideas_idea_goals linked
    JOIN ideas_idea one ON one.id = linked.idea_id
    JOIN municipality_strategygoal goal ON goal.id = linked.strategygoal_id
    WHERE one.cycle_id = %(cycle)s
    GROUP BY linked.idea_id
) goals ON goals.idea_id = idea.id
WHERE idea.cycle_id = %(cycle)s
"""

# Only answers that count: from a scorer of the round who is not disqualified about the idea.
SCORES = f"""
WITH {ASKED},
seats AS (
    SELECT part.round_id, part.user_id,
        row_number() OVER (PARTITION BY part.round_id ORDER BY part.id) AS number
    FROM prioritization_participation part
    JOIN prioritization_round round ON round.id = part.round_id
    WHERE round.cycle_id = %(cycle)s
),
entries AS MATERIALIZED (
    SELECT entry.id, entry.round_id
    FROM prioritization_entry entry
    JOIN prioritization_round round ON round.id = entry.round_id
    WHERE round.cycle_id = %(cycle)s
),
given AS (
    SELECT score.entry_id, asked.number, jsonb_object_agg(seats.number, score.level) AS levels
    FROM prioritization_score score
    JOIN entries entry ON entry.id = score.entry_id
    JOIN asked ON asked.round_id = entry.round_id AND asked.question_id = score.question_id
    JOIN seats ON seats.round_id = entry.round_id AND seats.user_id = score.scorer_id
    LEFT JOIN prioritization_recusal recusal
        ON recusal.entry_id = score.entry_id AND recusal.person_id = score.scorer_id
    WHERE score.level IS NOT NULL AND recusal.id IS NULL
    GROUP BY score.entry_id, asked.number
),
answers AS (
    SELECT entry_id, jsonb_object_agg(number, levels) AS answers FROM given GROUP BY entry_id
),
agreed AS (
    SELECT answer.entry_id, jsonb_object_agg(asked.number, answer.level) AS levels
    FROM prioritization_finalanswer answer
    JOIN prioritization_entry entry ON entry.id = answer.entry_id
    JOIN asked ON asked.round_id = entry.round_id AND asked.question_id = answer.question_id
    GROUP BY answer.entry_id
)
SELECT round.stage || '/' || idea.code, jsonb_build_object(
    'round', round.stage, 'idea', idea.code, 'is_statutory', idea.is_statutory,
    'answers', coalesce(answers.answers, '{{}}'), 'final', coalesce(agreed.levels, '{{}}')
)
FROM prioritization_entry entry
JOIN prioritization_round round ON round.id = entry.round_id
JOIN ideas_idea idea ON idea.id = entry.idea_id
LEFT JOIN answers ON answers.entry_id = entry.id
LEFT JOIN agreed ON agreed.entry_id = entry.id
WHERE round.cycle_id = %(cycle)s
"""

RANKING = """
WITH places AS (
    SELECT entry.id, rank() OVER (
        PARTITION BY entry.round_id ORDER BY entry.score DESC, entry.tie_break DESC
    ) AS place
    FROM prioritization_entry entry
    JOIN prioritization_round round ON round.id = entry.round_id
    JOIN ideas_idea idea ON idea.id = entry.idea_id
    WHERE round.cycle_id = %(cycle)s AND entry.score IS NOT NULL AND NOT idea.is_statutory
)
SELECT round.stage || '/' || idea.code, jsonb_build_object(
    'round', round.stage, 'idea', idea.code, 'place', places.place, 'score', entry.score,
    'tie_break', entry.tie_break, 'answered_weight', entry.answered_weight,
    'breakdown', entry.breakdown, 'scorers', entry.scorer_count, 'spread', entry.spread
)
FROM prioritization_entry entry
JOIN prioritization_round round ON round.id = entry.round_id
JOIN ideas_idea idea ON idea.id = entry.idea_id
LEFT JOIN places ON places.id = entry.id
WHERE round.cycle_id = %(cycle)s
"""

ANSWERS = """
SELECT sector.code || '/' || lpad(area."order"::text, 3, '0') || '-' || area.id,
    jsonb_build_object(
        'sector', sector.code, 'area', area.code, 'instrument', instrument.version,
        'submitted_on', (assessment.submitted_at AT TIME ZONE %(zone)s)::date,
        'level', answer.level, 'target', answer.target, 'reason', answer.reason,
        'characteristics', coalesce(ticked.keys, '[]')
    )
FROM maturity_answer answer
JOIN maturity_assessment assessment ON assessment.id = answer.assessment_id
JOIN maturity_instrument instrument ON instrument.id = assessment.instrument_id
JOIN municipality_sector sector ON sector.id = assessment.sector_id
JOIN maturity_area area ON area.id = answer.area_id
LEFT JOIN LATERAL (
    SELECT jsonb_agg(held.key ORDER BY held.key) AS keys
    FROM maturity_answer_ticks tick
    JOIN maturity_characteristic held ON held.id = tick.characteristic_id
    WHERE tick.answer_id = answer.id
) ticked ON true
WHERE assessment.cycle_id = %(cycle)s AND assessment.status = 'submitted'
"""

MEMOS = """
SELECT round.stage, jsonb_build_object(
    'round', round.stage, 'title', memo.title, 'case_number', memo.case_number,
    'dated_on', memo.dated_on, 'budget_frame', memo.budget_frame, 'status', memo.status,
    'finalised_on', (memo.finalised_at AT TIME ZONE %(zone)s)::date,
    'document_sha256', file.sha256, 'document_bytes', file.size,
    'annex_sha256', file.annex_sha256,
    'recommended', coalesce(items.recommended, '[]'),
    'not_recommended', coalesce(items.not_recommended, '[]')
)
FROM prioritization_memo memo
JOIN prioritization_round round ON round.id = memo.round_id
LEFT JOIN prioritization_memofile file ON file.memo_id = memo.id AND NOT file.is_draft
LEFT JOIN LATERAL (
    SELECT jsonb_agg(idea.code ORDER BY item."order", item.id)
            FILTER (WHERE item.is_recommended) AS recommended,
        jsonb_agg(idea.code ORDER BY item."order", item.id)
            FILTER (WHERE NOT item.is_recommended) AS not_recommended
    FROM prioritization_memoitem item
    JOIN prioritization_entry entry ON entry.id = item.entry_id
    JOIN ideas_idea idea ON idea.id = entry.idea_id
    WHERE item.memo_id = memo.id
) items ON true
WHERE round.cycle_id = %(cycle)s
"""

DECISIONS = """
SELECT round.stage || '/' || idea.code, jsonb_build_object(
    'round', round.stage, 'idea', idea.code, 'outcome', decision.outcome,
    'was_recommended', item.is_recommended, 'postponed_until', decision.postponed_until,
    'conditions', decision.conditions, 'reason', decision.reason,
    'public_reason', decision.public_reason, 'decided_on', meeting.held_on,
    'published_on', (decision.published_at AT TIME ZONE %(zone)s)::date
)
FROM prioritization_decision decision
JOIN prioritization_decisionmeeting meeting ON meeting.id = decision.meeting_id
JOIN prioritization_memoitem item ON item.id = decision.item_id
JOIN prioritization_entry entry ON entry.id = item.entry_id
JOIN prioritization_round round ON round.id = entry.round_id
JOIN ideas_idea idea ON idea.id = entry.idea_id
WHERE round.cycle_id = %(cycle)s
"""

GATES = """
SELECT 'P' || decided.project_id || '/' || decided.gate || '/' || decided.id, jsonb_build_object(
    'project', project.name, 'idea', idea.code, 'gate', decided.gate, 'stage', stage.number,
    'outcome', decided.status, 'conditions', decided.conditions, 'reason', decided.reason,
    'decided_on', (decided.decided_at AT TIME ZONE %(zone)s)::date,
    'waivers', coalesce(waived.what, '[]')
)
FROM projects_gatecase decided
JOIN projects_project project ON project.id = decided.project_id
JOIN ideas_idea idea ON idea.id = project.idea_id
LEFT JOIN projects_stage stage ON stage.id = decided.stage_id
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('what', waiver.what, 'reason', waiver.reason)
        ORDER BY waiver.id) AS what
    FROM projects_waiver waiver WHERE waiver.case_id = decided.id
) waived ON true
WHERE extract(year FROM decided.decided_at AT TIME ZONE %(zone)s) = %(year)s
"""

BENEFITS = """
SELECT 'P' || benefit.project_id || '/' || benefit.number, jsonb_build_object(
    'project', project.name, 'idea', idea.code, 'benefit', benefit.number, 'name', benefit.name,
    'kind', benefit.kind, 'receiver', benefit.receiver, 'use', benefit.use,
    'is_disbenefit', benefit.is_disbenefit,
    'kroner_per_person_year', benefit.kroner_per_person_year,
    'indicators', coalesce(indicators.found, '[]'), 'years', coalesce(years.found, '[]')
)
FROM benefits_benefit benefit
JOIN projects_project project ON project.id = benefit.project_id
JOIN ideas_idea idea ON idea.id = project.idea_id
LEFT JOIN (
    SELECT indicator.benefit_id, jsonb_agg(jsonb_build_object(
        'indicator', indicator.id, 'name', indicator.name, 'unit', indicator.unit,
        'baseline', indicator.baseline, 'baseline_on', indicator.baseline_on,
        'target', indicator.target, 'target_on', indicator.target_on,
        'latest', indicator.latest_value, 'latest_on', indicator.latest_on,
        'evidence', indicator.latest_evidence
    ) ORDER BY indicator.id) AS found
    FROM benefits_indicator indicator GROUP BY indicator.benefit_id
) indicators ON indicators.benefit_id = benefit.id
LEFT JOIN (
    SELECT year.benefit_id, jsonb_agg(jsonb_build_object(
        'year', year.year, 'promised', year.promised, 'plan', year.plan, 'moved', year.moved,
        'forecast', year.forecast, 'actual', year.actual, 'evidence', year.evidence,
        'taken_out', year.taken_out
    ) ORDER BY year.year) AS found
    FROM benefits_benefityear year GROUP BY year.benefit_id
) years ON years.benefit_id = benefit.id
WHERE extract(year FROM project.started_on) <= %(year)s
"""

MEASUREMENTS = """
SELECT 'P' || benefit.project_id || '/' || benefit.number || '/' || measured.id,
    jsonb_build_object(
        'project', project.name, 'benefit', benefit.number, 'indicator', indicator.id,
        'unit', indicator.unit, 'value', measured.value, 'measured_on', measured.measured_on,
        'evidence', measured.evidence
    )
FROM benefits_measurement measured
JOIN benefits_indicator indicator ON indicator.id = measured.indicator_id
JOIN benefits_benefit benefit ON benefit.id = indicator.benefit_id
JOIN projects_project project ON project.id = benefit.project_id
WHERE measured.withdrawn_at IS NULL AND extract(year FROM measured.measured_on) = %(year)s
"""

WRITTEN_BY_THE_DATABASE = {
    FrozenKind.CRITERION: CRITERIA,
    FrozenKind.IDEA: IDEAS,
    FrozenKind.SCORE: SCORES,
    FrozenKind.RANKING: RANKING,
    FrozenKind.ANSWER: ANSWERS,
    FrozenKind.MEMO: MEMOS,
    FrozenKind.DECISION: DECISIONS,
    FrozenKind.GATE: GATES,
    FrozenKind.BENEFIT: BENEFITS,
    FrozenKind.MEASUREMENT: MEASUREMENTS,
}
INSERT = """
INSERT INTO annual_frozenrow (closed_year_id, kind, key, data)
SELECT %(closed)s, %(kind)s, found.key, found.data FROM ({rows}) AS found (key, data)
"""

# A million answers are grouped in memory; until the transaction ends.
ROOM_TO_SORT = "SET LOCAL work_mem = '128MB'"

IN_ORDER = """
SELECT kind, key, jsonb_build_object('kind', kind, 'key', key, 'data', data)::text AS line
FROM annual_frozenrow WHERE closed_year_id = %(closed)s
"""
SEAL = f"""
SELECT count(*), encode(sha256(convert_to(
    coalesce(string_agg(line || E'\\n', '' ORDER BY kind COLLATE "C", key COLLATE "C"), ''), 'UTF8'
)), 'hex')
FROM ({IN_ORDER}) AS rows
"""
LINES = f'{IN_ORDER} ORDER BY kind COLLATE "C", key COLLATE "C"'


@dataclass(frozen=True)
class Seal:
    """How many rows there are, and the SHA-256 of their lines."""

    row_count: int
    sha256: str


def freeze(closed: ClosedYear) -> None:
    """Write the rows of the year anew. The year must not be sealed yet."""
    FrozenRow.objects.filter(closed_year=closed).delete()
    about: dict[str, Any] = {
        "closed": closed.pk,
        "cycle": closed.cycle_id,
        "year": closed.cycle.year,
        "zone": settings.TIME_ZONE,
    }
    with connection.cursor() as cursor:
        cursor.execute(ROOM_TO_SORT)
        for kind, rows in WRITTEN_BY_THE_DATABASE.items():
            cursor.execute(INSERT.format(rows=rows), {**about, "kind": kind.value})
    FrozenRow.objects.bulk_create(
        FrozenRow(closed_year=closed, kind=FrozenKind.LEVEL, key=key, data=data)
        for key, data in _levels(results.of_year(closed.cycle))
    )


def _levels(found: YearResult) -> Iterator[tuple[str, dict[str, Any]]]:
    """The result of the measurement, which no query counts: see maturity.scoring."""
    if found.measured is None:
        return
    sectors = Sector.objects.values_list("code", flat=True)
    yield (
        "rule",
        {
            "aggregation": found.measured.aggregation,
            "weights": dict(zip(sectors, found.measured.weights, strict=True)),
        },
    )
    yield "overall", {"mean": _text(found.scores.overall), "sectors": found.scores.count}
    for number, line in enumerate(found.lines, 1):
        result = line.result
        yield (
            f"area/{number:02}",
            {
                "area": line.area.code,
                "name": line.area.name,
                "mean": _text(result.mean),
                "lowest": result.lowest,
                "highest": result.highest,
                "sectors": result.count,
            },
        )


def _text(mean: Any) -> str | None:
    return None if mean is None else str(mean)


def seal(closed: ClosedYear) -> Seal:
    """Counted by the database, over the rows as they stand now."""
    with connection.cursor() as cursor:
        cursor.execute(SEAL, {"closed": closed.pk})
        return Seal(*cursor.fetchone())


def lines(closed: ClosedYear) -> Iterator[str]:
    """One JSON object a line, each with its line feed, in the order the seal is counted in."""
    with connection.cursor() as cursor:
        cursor.execute(LINES, {"closed": closed.pk})
        for _kind, _key, line in cursor:
            yield f"{line}\n"
