from maturity.models import Characteristic, Instrument, LevelGuidance
from maturity.reference import load_reference


def test_the_instrument_has_five_areas_with_five_levels_each(db):
    load_reference()

    instrument = Instrument.objects.get(is_current=True)
    assert [area.name for area in instrument.areas.all()] == [
        "Styring og ledelse",
        "Mennesker og kultur",
        "Kapasitet og evner",
        "Innovasjon",
        "Teknologi",
    ]
    assert LevelGuidance.objects.count() == 25
    assert Characteristic.objects.count() == 100


def test_loading_again_leaves_a_version_as_it_is(db):
    load_reference()
    Instrument.objects.update(name="Endret i administrasjonen")

    load_reference()

    assert Instrument.objects.get().name == "Endret i administrasjonen"
