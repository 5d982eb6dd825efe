import pytest
from django.db import connection

from core.models import SearchWord
from core.search import count_words
from ideas.models import Idea
from projects.models import Project
from tests.factories.ideas import IdeaFactory
from tests.factories.projects import ProjectFactory

TEXTS = {
    "Vis plass i barnehagekøen": "Vi ringer for å få vite hvor vi står i køen til barnehagen.",
    "Én søknad for barnehage og SFO": "Foreldre fyller ut det samme i to søknader.",
    "Brøytebilen på kart": "Ingen vet når fortauet blir brøytet.",
    "Bestill time hos legen på nett": "Telefonen er opptatt hele morgenen.",
    "Lån en nøkkel til idrettshallen": "Nøkkelen må hentes på rådhuset før kl. 15.",
}


@pytest.fixture
def ideas(cycle):
    made = [
        IdeaFactory(cycle=cycle, title=title, problem=problem) for title, problem in TEXTS.items()
    ]
    count_words(Idea)
    return made


def titles(found):
    return sorted(idea.title for idea in found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("barnehage", {"Vis plass i barnehagekøen", "Én søknad for barnehage og SFO"}),
        ("barnehagene", {"Vis plass i barnehagekøen", "Én søknad for barnehage og SFO"}),  # bent
        ("barneh", {"Vis plass i barnehagekøen", "Én søknad for barnehage og SFO"}),  # begun
        ("barnehaage", {"Vis plass i barnehagekøen", "Én søknad for barnehage og SFO"}),  # wrong
        ("brøyttebil", {"Brøytebilen på kart"}),
        ("barnehage søknader", {"Én søknad for barnehage og SFO"}),  # both words
        ("barnehage nøkkel", set()),
        ("helikopter", set()),
        ("og", set()),  # tells nothing
        ("", set()),
        ("'); DROP TABLE ideas_idea; --", set()),
        ("nøkkel & | ! ( :* <-> \\ '", {"Lån en nøkkel til idrettshallen"}),
        ("\0nøkkel", {"Lån en nøkkel til idrettshallen"}),
    ],
)
def test_search_finds_what_holds_every_word(ideas, text, found):
    assert set(titles(Idea.objects.search(text))) == found


def test_search_finds_by_code(ideas):
    assert list(Idea.objects.search(f" {ideas[2].code.lower()} ")) == [ideas[2]]


def test_search_finds_an_idea_that_came_after_the_words_were_counted(ideas, cycle):
    new = IdeaFactory(cycle=cycle, title="Ladestolper ved rådhuset")

    assert list(Idea.objects.search("ladestolpe")) == [new]


def test_search_combines_with_other_conditions(ideas):
    assert not Idea.objects.published().search("barnehage").exists()


def test_similar_to_puts_what_shares_most_first(ideas):
    typed = "Vi søker barnehageplass, og hører ikke hvor vi står i barnehagekøen."

    found = Idea.objects.similar_to(typed)

    assert [idea.title for idea in found] == [
        "Vis plass i barnehagekøen",
        "Én søknad for barnehage og SFO",
    ][: len(found)]
    assert found[0].likeness > 0


@pytest.mark.parametrize("typed", ["", "og i på", "Hunden min bjeffer", "!!! ''' \\ :*"])
def test_similar_to_finds_nothing_when_nothing_is_shared(ideas, typed):
    assert list(Idea.objects.similar_to(typed)) == []


def test_similar_to_forgives_a_typing_error_and_a_word_half_written(ideas):
    assert titles(Idea.objects.similar_to("idretshall nøk")) == ["Lån en nøkkel til idrettshallen"]


def test_similar_to_looks_only_among_those_it_is_given(ideas):
    assert list(Idea.objects.published().similar_to("nøkkel til idrettshallen")) == []


def test_similar_to_costs_two_queries_however_long_the_text(ideas, django_assert_num_queries):
    with django_assert_num_queries(2):
        list(Idea.objects.similar_to("nøkkel"))
    with django_assert_num_queries(2):
        list(Idea.objects.similar_to(" ".join(TEXTS.values()) * 20))


def test_a_word_that_nearly_all_use_gives_no_more_candidates_than_are_weighed(cycle):
    Idea.objects.bulk_create(
        IdeaFactory.build(cycle=cycle, title=f"Nøkkel {n}", problem="Nøkkel til hall.")
        for n in range(450)
    )
    IdeaFactory(cycle=cycle, title="Nøkkel til svømmehallen")
    count_words(Idea)

    found = list(Idea.objects.similar_to("Nøkkel til svømmehallen"))

    assert found[0].title == "Nøkkel til svømmehallen"
    assert len(found) <= 400


def test_projects_are_found_likewise(cycle):
    project = ProjectFactory(idea__cycle=cycle, name="Timebestilling på nett")
    ProjectFactory(idea__cycle=cycle, name="Sensorer i vannkummer")
    count_words(Project)

    assert list(Project.objects.search("timebestiling")) == [project]
    assert list(Project.objects.similar_to("Bestille time, timebestilling")) == [project]


def test_count_words_follows_the_texts(ideas):
    assert SearchWord.objects.get(source="ideas.Idea", word="barnehag").rows == 2
    assert SearchWord.objects.get(source="ideas.Idea", word="").rows == len(ideas)

    Idea.objects.filter(title__startswith="Én søknad").delete()
    Idea.objects.filter(title__startswith="Brøyte").update(title="Strøbilen på kart")
    count_words(Idea)

    assert SearchWord.objects.get(source="ideas.Idea", word="barnehag").rows == 1
    assert not SearchWord.objects.filter(word__startswith="brøytebil").exists()
    assert SearchWord.objects.filter(word__startswith="strøbil").exists()


def test_the_column_is_looked_in_and_never_carried_out(ideas, django_assert_num_queries):
    with django_assert_num_queries(1) as asked:
        list(Idea.objects.select_related("cycle"))

    assert '"search"' not in asked[0]["sql"]


def test_the_database_keeps_the_column(ideas):
    ideas[0].title = "Noe helt annet"
    ideas[0].save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT search::text FROM ideas_idea WHERE id = %s", [ideas[0].pk])
        assert "'ann':3A" in cursor.fetchone()[0]
