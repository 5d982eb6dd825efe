"""Ledergruppene: who was asked in the two latest rounds, and what they answered alone."""

import datetime as dt
from typing import Any

from gjovik_digi.seeding import texts
from gjovik_digi.seeding.scene import Scene
from maturity.models import Assessment, IndividualAnswer, Respondent
from municipality.models import User

ASKED_BEFORE = dt.timedelta(days=14)
AROUND = (0, 0, -1, 1, 0, -1)  # the members' levels, from the one they agreed on


def make(scene: Scene) -> None:
    told = texts.read("leadership_groups")
    for offset in (-1, 0):
        found = Assessment.objects.filter(cycle=scene.cycles[offset])
        for assessment in found.select_related("sector__leader").prefetch_related("answers__area"):
            members = _members(scene, assessment, told, is_past=offset < 0)
            written = told["answers"].get(assessment.sector.code, {}) if offset == 0 else {}
            IndividualAnswer.objects.bulk_create(_answers(assessment, members, written))


def _members(
    scene: Scene, assessment: Assessment, told: dict[str, Any], *, is_past: bool
) -> list[Respondent]:
    """The names of earlier years are forgotten; the levels stay."""
    code, leader = assessment.sector.code, assessment.sector.leader
    with_account = scene.person(told["by_account"].get(code))
    asked_at = assessment.created_at - ASKED_BEFORE
    people: list[tuple[str, str, User | None]] = [
        (user.name, user.email, user) for user in (leader, with_account) if user
    ]
    people += [(name, _address(name), None) for name in told["members"][code]]
    half_done = not assessment.is_submitted
    return Respondent.objects.bulk_create(
        Respondent(
            assessment=assessment,
            user=None if is_past else user,
            name="" if is_past else name,
            email="" if is_past else email,
            invited_at=asked_at,
            invited_by=leader,
            opened_at=None if _is_last(place, people, half_done) else asked_at,
            completed_at=None if _is_last(place, people, half_done) else asked_at,
            forgotten_at=assessment.created_at if is_past else None,
        )
        for place, (name, email, user) in enumerate(people)
    )


def _is_last(place: int, people: list[Any], half_done: bool) -> bool:
    """Where they have not agreed yet, one of them has not answered either."""
    return half_done and place == len(people) - 1


def _answers(
    assessment: Assessment, members: list[Respondent], written: dict[str, list[dict[str, Any]]]
) -> list[IndividualAnswer]:
    made = []
    for place, member in enumerate(members):
        if member.completed_at is None:
            continue
        for answer in assessment.ordered_answers():
            given = written.get(answer.area.code, [])
            alone = given[place] if place < len(given) else _around(answer.level, place)
            made.append(
                IndividualAnswer(
                    respondent=member,
                    area=answer.area,
                    level=alone["level"],
                    reason=alone["reason"],
                    version=1,
                    edited_by=member.user,
                    edited_at=member.completed_at,
                )
            )
    return made


def _around(level: int | None, place: int) -> dict[str, Any]:
    agreed = level or 3
    return {"level": max(1, min(5, agreed + AROUND[place % len(AROUND)])), "reason": ""}


def _address(name: str) -> str:
    plain = name.lower().translate(str.maketrans("æøåá ", "eoaa."))
    return f"{plain}@demo.gjovik.example"
