import re

import pytest

from maturity.actions import instruments as actions
from maturity.actions.rounds import freeze
from maturity.models import Area, Characteristic, Instrument, LevelGuidance
from tests.factories.maturity import MeasurementRoundFactory
from tests.factories.municipality import CycleFactory, UserFactory

LIST = "/modenhet/maleinstrument/"


def _url(instrument, *rest):
    return "/".join([f"{LIST}{instrument.pk}", *rest, ""])


@pytest.fixture
def team(client, team_member):
    client.force_login(team_member)
    return client


@pytest.fixture
def area(draft) -> Area:
    return draft.areas.get(code="innovasjon")


def _fields(client, url):
    return _shown(client.get(url).context["form"])


def _shown(form):
    """What the page's form would send: each name with the value it shows."""
    shown = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in shown.items()}


def _keys(area, level):
    statements = Characteristic.objects.filter(guidance__area=area, guidance__level=level)
    return list(statements.order_by("order").values_list("key", flat=True))


# Reading


def test_anybody_reads_the_versions_in_use_and_not_the_drafts(client, draft, written):
    freeze(written)
    MeasurementRoundFactory(cycle=CycleFactory(year=2025, open=True), instrument=written)

    text = client.get(LIST).text

    assert f"versjon {written.version}" in text
    assert "Brukt i 2025." in text
    assert draft.version not in text
    assert "Lag ny versjon" not in text
    assert client.get(_url(draft)).status_code == 404


def test_a_version_shows_its_texts_and_says_whose_they_are(client, written):
    text = client.get(_url(written)).text

    assert "Egne formuleringer" in text
    assert "Det er innovasjon-3-2." in text
    assert "Endre Innovasjon" not in text


def test_a_frozen_version_says_so_and_offers_a_new_one(team, written):
    freeze(written)
    MeasurementRoundFactory(cycle=CycleFactory(year=2026, open=True), instrument=written)

    text = team.get(_url(written)).text

    assert "Låst: brukt i" in text
    assert _url(written, "ny") in text
    assert _url(written, "navn") not in text
    assert team.get(_url(written, "omrade", "innovasjon")).url == _url(written)
    assert team.get(_url(written, "navn")).url == _url(written)
    assert team.get(_url(written, "nytt-omrade")).url == _url(written)


def test_a_version_tells_what_can_be_compared(team, draft, written, area):
    Characteristic.objects.filter(guidance__area=area, key="innovasjon-2-1").update(text="Ny ord.")
    Characteristic.objects.filter(guidance__area=area, key="innovasjon-4-4").delete()

    text = team.get(_url(draft)).text

    assert f"39 av 40 kjennetegn kan sammenliknes med versjon {written.version}" in text
    assert "19 av 20" in text
    assert "Nivå 2: «Det er innovasjon-2-1.» er blitt «Ny ord.»" in re.sub(r"\s+", " ", text)
    assert "Innovasjon, nivå 4: 1 kjennetegn mangler" in text
    assert "Ta i bruk" not in text


def test_pages_ask_as_often_for_one_area_as_for_five(
    team, draft, team_member, django_assert_num_queries
):
    urls = {LIST: 7, _url(draft): 14, _url(draft, "omrade", "innovasjon"): 12}
    for url, count in urls.items():
        with django_assert_num_queries(count):
            team.get(url)

    for number in range(3):
        actions.add_area(draft, name=f"Område {number}", question="Hva?", by=team_member)
    actions.copy(draft, version="2027-2", by=team_member)

    for url, count in urls.items():
        with django_assert_num_queries(count):
            team.get(url)


# A new version


def test_a_new_version_begins_as_a_draft_with_a_suggested_name(team, written, cycle):
    url = _url(written, "ny")
    assert f'value="{cycle.year + 1}-1"' in team.get(url).text

    response = team.post(url, {"version": "2030-1"}, follow=True)

    made = Instrument.objects.get(version="2030-1")
    assert response.redirect_chain[-1][0] == _url(made)
    assert "er laget som utkast" in response.text
    assert "Utkast" in response.text


def test_a_new_version_needs_a_name_of_its_own(team, written):
    response = team.post(_url(written, "ny"), {"version": written.version})

    assert "Det finnes allerede en versjon" in response.text
    assert Instrument.objects.count() == 1


def test_taking_into_use_and_deleting(team, draft, written):
    response = team.post(_url(draft, "bruk"), follow=True)
    assert "Versjon 2027-1 er i bruk." in response.text

    team.post(_url(written, "bruk"))
    assert "Det kan ikke hentes tilbake" in team.get(_url(draft, "slett")).text
    response = team.post(_url(draft, "slett"), follow=True)
    assert "Utkastet 2027-1 er slettet." in response.text
    assert list(Instrument.objects.all()) == [written]


def test_names_are_changed_once_for_all_areas(team, draft):
    url = _url(draft, "navn")
    response = team.post(url, _fields(team, url) | {"level_2": "På vei"})

    assert response.url == _url(draft)
    levels = LevelGuidance.objects.filter(area__instrument=draft, level=2)
    assert {level.name for level in levels} == {"På vei"}


def test_names_that_somebody_else_changed_are_shown_beside(team, draft, team_member):
    url = _url(draft, "navn")
    fields = _fields(team, url)
    Instrument.objects.filter(pk=draft.pk).update(name="Deres navn")

    response = team.post(url, fields | {"name": "Mitt navn"})
    assert "Deres navn" in response.text
    assert 'value="Mitt navn"' in response.text

    again = response.context["form"]["seen"].value()
    team.post(url, fields | {"name": "Mitt navn", "seen": again})
    assert Instrument.objects.get(pk=draft.pk).name == "Mitt navn"


def test_an_area_is_added_moved_and_removed(team, draft):
    team.post(_url(draft, "nytt-omrade"), {"name": "Data", "question": "Hva vet dere?"})
    assert [area.code for area in draft.areas.all()] == ["innovasjon", "teknologi", "data"]

    team.post(_url(draft, "omrade", "data", "flytt"), {"direction": "up"})
    assert [area.code for area in draft.areas.all()] == ["innovasjon", "data", "teknologi"]

    url = _url(draft, "omrade", "data", "ta-bort")
    assert "Tidligere versjoner beholder sine" in team.get(url).text
    team.post(url)
    assert [area.code for area in draft.areas.all()] == ["innovasjon", "teknologi"]


def test_an_area_needs_a_name_and_a_question(team, draft):
    response = team.post(_url(draft, "nytt-omrade"), {"name": "", "question": ""})

    assert "Skriv hva området heter." in response.text
    assert "Skriv spørsmålet." in response.text
    assert draft.areas.count() == 2


# Writing one area


@pytest.fixture
def url(draft, area):
    return _url(draft, "omrade", area.code)


def test_what_is_written_is_saved_and_the_page_left(team, area, url, draft):
    typed = {"question": "Prøver dere nytt?", "description-3": "Midt på."}
    response = team.post(url, _fields(team, url) | typed)

    assert response.url == _url(draft)
    area.refresh_from_db()
    assert area.question == "Prøver dere nytt?"
    assert area.levels.get(level=3).description == "Midt på."
    assert _keys(area, 1) == [f"innovasjon-1-{number}" for number in range(1, 5)]


def test_a_changed_text_must_say_whether_the_meaning_is_the_same(team, area, url):
    fields = _fields(team, url) | {"text-2-innovasjon-2-1": "Sagt på en annen måte."}

    response = team.post(url, fields)

    assert "Velg om meningen er den samme." in response.text
    assert "Før sto det: «Det er innovasjon-2-1.»" in re.sub(r"\s+", " ", response.text)
    assert "Sagt på en annen måte." in response.text
    assert not Characteristic.objects.filter(text="Sagt på en annen måte.").exists()


def test_only_language_keeps_the_key_and_is_remembered(team, area, url):
    changed = {"text-2-innovasjon-2-1": "Kortere.", "meaning-2-innovasjon-2-1": "same"}
    team.post(url, _fields(team, url) | changed)

    assert Characteristic.objects.get(guidance__area=area, text="Kortere.").key == "innovasjon-2-1"
    assert team.post(url, _fields(team, url)).status_code == 302


def test_a_new_meaning_gets_a_new_key_and_the_old_can_be_had_again(team, area, url):
    changed = {"text-2-innovasjon-2-1": "Noe annet.", "meaning-2-innovasjon-2-1": "new"}
    team.post(url, _fields(team, url) | changed)

    statement = Characteristic.objects.get(guidance__area=area, text="Noe annet.")
    assert statement.key not in {f"innovasjon-2-{number}" for number in range(1, 5)}
    assert statement.order == 1

    response = team.post(url, _fields(team, url) | {"restore": "2-innovasjon-2-1"})
    assert response.url == f"{url}#niva-2"
    assert _keys(area, 2)[-1] == "innovasjon-2-1"
    assert Characteristic.objects.get(guidance__area=area, key="innovasjon-2-1").text == (
        "Det er innovasjon-2-1."
    )


def test_statements_are_added_moved_and_removed(team, area, url):
    first, second, *rest = _keys(area, 5)

    response = team.post(url, _fields(team, url) | {"new-5": "Helt nytt.", "add": "5"})
    assert response.url == f"{url}#niva-5"
    new = _keys(area, 5)[-1]
    assert Characteristic.objects.get(guidance__area=area, key=new).text == "Helt nytt."

    team.post(url, _fields(team, url) | {"up": f"5-{second}"})
    assert _keys(area, 5) == [second, first, *rest, new]
    team.post(url, _fields(team, url) | {"up": f"5-{second}"})
    assert _keys(area, 5) == [second, first, *rest, new]
    team.post(url, _fields(team, url) | {"down": f"5-{second}"})
    assert _keys(area, 5) == [first, second, *rest, new]

    team.post(url, _fields(team, url) | {f"text-5-{first}": "", "remove": f"5-{first}"})
    assert _keys(area, 5) == [second, *rest, new]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"text-1-innovasjon-1-1": " "}, "Skriv kjennetegnet, eller ta det bort."),
        ({"new-1": "x" * 201}, "Kjennetegnet kan ha høyst 200 tegn."),
        ({"new-1": "DET ER innovasjon-1-1."}, "Det samme kjennetegnet står to ganger"),
        ({"question": ""}, "Skriv spørsmålet."),
        ({"up": "9-finnes-ikke", "name": ""}, "Skriv hva området heter."),
    ],
)
def test_what_cannot_be_saved_is_said_and_kept(team, area, url, typed, message):
    before = _keys(area, 1)

    response = team.post(url, _fields(team, url) | typed)

    assert response.status_code == 200
    assert message in response.text
    assert _keys(area, 1) == before


def test_buttons_that_name_no_statement_change_nothing(team, area, url):
    for typed in ({"up": "9-x"}, {"down": "x"}, {"remove": ""}, {"restore": "1-finnes-ikke"}):
        team.post(url, _fields(team, url) | typed)

    assert [len(_keys(area, level)) for level in range(1, 6)] == [4] * 5


def test_the_second_of_two_who_write_sees_both_and_loses_nothing(team, area, url):
    mine = _fields(team, url) | {"new-3": "Mitt nye."}
    theirs = _fields(team, url)
    theirs |= {"text-1-innovasjon-1-1": "Deres.", "meaning-1-innovasjon-1-1": "same"}
    team.post(url, theirs | {"remove": "4-innovasjon-4-2", "new-2": "Deres nye."})
    Area.objects.filter(pk=area.pk).update(edited_by=UserFactory(name="Ola Vik"))

    response = team.post(url, mine)

    assert "Ola Vik endret dette nettopp" in response.text
    assert "Deres." in response.text
    assert "Mitt nye." in response.text
    assert "Nivå 4, kjennetegn 2" in response.text
    assert team.post(url, _shown(response.context["form"])).status_code == 302
    texts = set(Characteristic.objects.filter(guidance__area=area).values_list("text", flat=True))
    assert {"Deres nye.", "Mitt nye.", "Det er innovasjon-4-2."} <= texts
    assert "Deres." not in texts


def test_writing_in_a_version_that_was_frozen_meanwhile_is_409(team, draft, url):
    fields = _fields(team, url) | {"question": "Det jeg skrev?"}
    freeze(draft)

    response = team.post(url, fields)

    assert response.status_code == 409
    assert "er låst, fordi den er brukt" in response.text
    assert "Det jeg skrev?" in response.text
