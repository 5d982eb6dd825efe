from decimal import Decimal

from prioritization import memo as composition
from prioritization import memo_missing, memo_parts
from prioritization.models import Memo, RoundStatus, SectionKey
from tests.factories.maturity import AnswerFactory, AssessmentFactory


def fresh(memo: Memo) -> Memo:
    return Memo.objects.for_editing().get(pk=memo.pk)


def lacking(memo: Memo) -> list[str]:
    found = memo_missing.missing(
        fresh(memo), items=memo.items.in_order(), sections=memo.sections.all()
    )
    return [each.text for each in found]


def test_every_text_has_a_part_of_its_own():
    assert {part.key for part in memo_parts.PARTS if part.key} == set(SectionKey)


def test_facts_give_places_to_what_is_ranked_and_none_to_the_statutory(memo):
    items = composition.facts(fresh(memo))["items"]

    assert [(item["title"], item["place"]) for item in items] == [
        ("Tilsyn på natt", 1),
        ("Én vei inn", 2),
        ("Varsel om brøyting", 3),
        ("Ny arkivlov", None),
    ]


def test_facts_share_a_place_between_equals(memo):
    memo.round.entries.filter(score__isnull=False).update(score=Decimal(90))
    memo.round.entries.filter(idea__title="Varsel om brøyting").update(tie_break=Decimal("0.5"))

    places = [item["place"] for item in composition.facts(fresh(memo))["items"]]

    assert places == [1, 1, 3, None]


def test_facts_tell_what_is_not_ranked(memo):
    incomplete = composition.facts(fresh(memo))["incomplete"]

    assert [(idea["title"], idea["weight"]) for idea in incomplete] == [("Barnehagekøen", 85)]


def test_facts_tell_of_maturity_when_somebody_has_submitted(memo, team_member, today):
    assert composition.facts(fresh(memo))["maturity"] is None

    assessment = AssessmentFactory(
        cycle=memo.round.cycle,
        status="submitted",
        submitted_at=memo.created_at,
        submitted_by=team_member,
    )
    AnswerFactory(
        assessment=assessment, area__instrument=assessment.instrument, level=3, reason="Fordi."
    )

    maturity = composition.facts(fresh(memo))["maturity"]
    assert (maturity["submitted"], maturity["overall"]) == (1, "3.0")
    assert [(area["mean"], area["n"]) for area in maturity["areas"]] == [("3.0", 1)]


def test_a_snapshot_holds_the_texts(memo):
    memo.sections.filter(key="risk").update(text="Folk.")

    assert composition.snapshot(fresh(memo))["sections"]["risk"] == "Folk."


def test_a_complete_draft_lacks_nothing(complete):
    assert lacking(complete) == []


def test_missing_names_everything_in_the_order_of_the_parts(memo):
    Memo.objects.update(budget_frame=None)
    memo.sections.filter(key="risk").update(text=" ")
    memo.items.first().entry.idea.__class__.objects.update(estimated_cost=None)
    memo.round.__class__.objects.update(status=RoundStatus.OPEN)

    assert lacking(memo) == [
        "Skriv hvor stor den økonomiske rammen er",
        "Skriv teksten til «Risiko, personvern og universell utforming»",
        "Skriv begrunnelse for én idé som ikke er anbefalt",
        "Skriv viktigste gevinst for tre prosjekter",
        "Skriv anslått kostnad for tre prosjekter",
        "Fyll ut risiko og personvern for Tilsyn på natt og to prosjekter til",
        "Lås runden, så tallene i notatet ligger fast",
    ]
