"""A new version of the instrument: copied with its keys, written, frozen, taken into use."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.errors import ActionRefused
from core.models import Event
from maturity.actions import instruments as actions
from maturity.actions.instruments import AreaText, Line, Names
from maturity.actions.rounds import freeze
from maturity.bridge import comparable, overall
from maturity.models import Area, Characteristic, Instrument, LevelGuidance, MaturityLevel
from maturity.reference import load_reference
from tests.factories.maturity import CharacteristicFactory, InstrumentFactory


def _texts(instrument):
    return list(
        Characteristic.objects.of([instrument.pk])
        .order_by("guidance__area__code", "guidance__level", "order")
        .values_list("guidance__area__code", "guidance__level", "key", "text", "order")
    )


def _text_of(area, **changes):
    """What stands in the area now, with `changes`."""
    levels = area.levels.prefetch_related("characteristics")
    now = {
        "name": area.name,
        "question": area.question,
        "descriptions": {level.level: level.description for level in levels},
        "lines": {
            level.level: [Line(each.key, each.text) for each in level.characteristics.all()]
            for level in levels
        },
    }
    return AreaText(**now | changes)


def _bridge(now, before):
    versions = Characteristic.objects.of([now.pk, before.pk]).by_version()
    return comparable(versions[now.pk], versions[before.pk])


def test_a_copy_has_every_text_under_the_same_key(draft, written):
    assert _texts(draft) == _texts(written)
    assert [area.code for area in draft.areas.all()] == ["innovasjon", "teknologi"]
    assert draft.based_on == written
    assert draft.is_draft
    assert overall(_bridge(draft, written).values()).is_whole


def test_a_copy_may_not_have_a_name_that_is_taken(written, team_member):
    with pytest.raises(ActionRefused, match="allerede en versjon"):
        actions.copy(written, version=written.version, by=team_member)

    assert Instrument.objects.count() == 1


def test_a_changed_text_that_means_the_same_keeps_its_key(draft, written, team_member):
    area = draft.areas.get(code="innovasjon")
    text = _text_of(area)
    text.lines[3][0] = Line(text.lines[3][0].key, "Sagt på en annen måte.")

    actions.write_area(area, text, by=team_member)

    assert area.levels.get(level=3).characteristics.get(key="innovasjon-3-1").text == (
        "Sagt på en annen måte."
    )
    assert _bridge(draft, written)["innovasjon"].is_whole
    assert Area.objects.get(pk=area.pk).version == area.version + 1


def test_another_meaning_is_another_statement(draft, written, team_member):
    area = draft.areas.get(code="innovasjon")
    text = _text_of(area)
    text.lines[3][0] = Line("ny-nokkel", "Noe helt annet.")

    actions.write_area(area, text, by=team_member)

    bridges = _bridge(draft, written)
    assert (bridges["innovasjon"].shared, bridges["innovasjon"].total) == (19, 20)
    assert bridges["teknologi"].is_whole


def test_lines_are_stored_in_the_order_given(draft, team_member):
    area = draft.areas.get(code="innovasjon")
    text = _text_of(area)
    text.lines[2].reverse()
    del text.lines[5][1:]

    actions.write_area(area, text, by=team_member)

    level = area.levels.get(level=2)
    assert [each.key for each in level.characteristics.all()] == [
        f"innovasjon-2-{number}" for number in (4, 3, 2, 1)
    ]
    assert area.levels.get(level=5).characteristics.count() == 1


def test_the_database_refuses_to_change_a_frozen_version(written):
    freeze(written)
    statement = Characteristic.objects.of([written.pk]).first()
    changes = [
        lambda: Characteristic.objects.filter(pk=statement.pk).update(text="Noe annet."),
        lambda: statement.delete(),
        lambda: CharacteristicFactory(guidance=statement.guidance),
        lambda: LevelGuidance.objects.filter(area__instrument=written).update(name="Best"),
        lambda: Area.objects.filter(instrument=written).update(question="Hva?"),
    ]

    for change in changes:
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            change()

    assert len(_texts(written)) == 40


def test_the_database_refuses_to_move_a_text_out_of_a_frozen_version(draft, written):
    freeze(written)
    taken = Characteristic.objects.of([written.pk]).filter(key="innovasjon-1-1")
    target = LevelGuidance.objects.get(area__instrument=draft, area__code="teknologi", level=1)

    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        taken.update(guidance=target)


def test_every_change_of_a_frozen_version_is_refused_in_words(draft, team_member):
    Instrument.objects.filter(pk=draft.pk).update(frozen_at=timezone.now())
    area = draft.areas.get(code="innovasjon")
    text = _text_of(area)
    names = Names("Måling", "2027-2", "Vi", {})
    refused = [
        lambda: actions.write_area(area, text, by=team_member),
        lambda: actions.rename(draft, names, by=team_member),
        lambda: actions.add_area(draft, name="Data", question="Hva?", by=team_member),
        lambda: actions.move_area(area, step=1, by=team_member),
        lambda: actions.remove_area(area, by=team_member),
        lambda: actions.delete(draft, by=team_member),
    ]

    for change in refused:
        with pytest.raises(ActionRefused, match=r"2027-1 er låst, fordi den er brukt"):
            change()

    assert Area.objects.filter(instrument=draft).count() == 2


def test_names_of_levels_are_set_in_all_areas(draft, written, team_member):
    names = Names(
        "Måling", "2027-2", "Egne ord", {level: f"Trinn {level}" for level in range(1, 6)}
    )

    actions.rename(draft, names, by=team_member)

    named = LevelGuidance.objects.filter(area__instrument=draft, level=2)
    assert {level.name for level in named} == {"Trinn 2"}
    draft.refresh_from_db()
    assert (draft.name, draft.version, draft.source) == ("Måling", "2027-2", "Egne ord")
    assert not LevelGuidance.objects.filter(area__instrument=written, name="Trinn 2").exists()


def test_a_new_area_gets_its_code_from_its_name_and_the_names_of_the_levels(draft, team_member):
    area = actions.add_area(draft, name="Data på øya", question="Hva vet dere?", by=team_member)

    assert area.code == "data-pa-oya"
    assert list(draft.areas.values_list("code", flat=True))[-1] == "data-pa-oya"
    assert [(level.level, level.name) for level in area.levels.all()] == [
        (1, "Minimalt"),
        (2, "Uformelt"),
        (3, "Under omstilling"),
        (4, "Brukerdrevet"),
        (5, "Transformert"),
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [("Innovasjon", "innovasjon-2"), ("Lever", "lever-2"), ("日本", "omrade")],
)
def test_a_code_is_free_plain_and_no_address_of_something_else(draft, team_member, name, code):
    assert actions.add_area(draft, name=name, question="Hva?", by=team_member).code == code


def test_areas_change_places(draft, team_member):
    area = draft.areas.get(code="teknologi")

    actions.move_area(area, step=-1, by=team_member)
    assert [each.code for each in draft.areas.all()] == ["teknologi", "innovasjon"]

    actions.move_area(area, step=-1, by=team_member)
    assert [each.code for each in draft.areas.all()] == ["teknologi", "innovasjon"]


def test_an_area_that_is_removed_leaves_the_earlier_version_alone(draft, written, team_member):
    actions.remove_area(draft.areas.get(code="teknologi"), by=team_member)

    assert [area.code for area in draft.areas.all()] == ["innovasjon"]
    assert written.areas.count() == 2
    bridge = _bridge(draft, written)["teknologi"]
    assert (bridge.shared, bridge.total, bridge.is_broken) == (0, 20, True)


def test_taking_into_use_leaves_one_version_in_use(draft, written, team_member):
    actions.take_into_use(draft, by=team_member)

    assert list(Instrument.objects.filter(is_current=True)) == [draft]
    written.refresh_from_db()
    assert not written.is_current
    with pytest.raises(ActionRefused, match="i bruk fra før"):
        actions.take_into_use(draft, by=team_member)


def test_a_draft_that_lacks_statements_is_not_taken_into_use(draft, written, team_member):
    level = LevelGuidance.objects.get(area__instrument=draft, area__code="teknologi", level=4)
    level.characteristics.filter(order__gt=2).delete()

    with pytest.raises(ActionRefused, match="Teknologi, nivå 4: 2 kjennetegn mangler"):
        actions.take_into_use(draft, by=team_member)

    assert list(Instrument.objects.filter(is_current=True)) == [written]


def test_what_is_missing_is_told_area_by_area(draft, team_member):
    actions.add_area(draft, name="Data", question="Hva?", by=team_member)

    missing = Instrument.objects.with_texts().get(pk=draft.pk).missing()

    assert missing == [f"Data, nivå {level}: beskrivelsen mangler" for level in range(1, 6)]


def test_a_version_without_areas_is_not_ready(team_member):
    empty = InstrumentFactory()

    with pytest.raises(ActionRefused, match="ingen områder"):
        actions.take_into_use(empty, by=team_member)


def test_a_draft_can_be_deleted_and_the_log_remembers_it(draft, written, team_member):
    pk = draft.pk
    actions.delete(draft, by=team_member)

    assert list(Instrument.objects.all()) == [written]
    assert Event.objects.get(verb="instrument deleted").object_id == str(pk)


def test_a_version_in_use_or_built_upon_cannot_be_deleted(draft, written, team_member):
    with pytest.raises(ActionRefused, match="er i bruk"):
        actions.delete(written, by=team_member)
    actions.copy(draft, version="2027-2", by=team_member)
    with pytest.raises(ActionRefused, match="2027-2 bygger på denne"):
        actions.delete(draft, by=team_member)

    assert Instrument.objects.count() == 3


def test_levels_of_the_scale_and_of_a_new_area_agree(draft, team_member):
    area = actions.add_area(InstrumentFactory(), name="Data", question="Hva?", by=team_member)

    assert [level.name for level in area.levels.all()] == [
        str(each.label) for each in MaturityLevel
    ]


def test_the_version_this_installation_begins_with_is_ready_and_says_nothing_twice(db):
    load_reference()

    begun = Instrument.objects.with_texts().get()
    texts = [text.casefold() for _area, _level, _key, text, _order in _texts(begun)]
    keys = [key for _area, _level, key, _text, _order in _texts(begun)]
    assert begun.missing() == []
    assert len(texts) == len(set(texts)) == len(set(keys)) == 100
