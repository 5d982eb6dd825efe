import pytest
from django.urls import reverse

from core.errors import ActionRefused
from projects.actions import method as actions
from projects.actions.method import Row
from projects.method_changes import changes
from projects.models import Method, ProductTemplate, Project
from projects.reference import load_reference
from tests.factories.method import small_method
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db

QUERIES = 19


@pytest.fixture
def method():
    return small_method(version="2026")


@pytest.fixture
def draft(method, team_member):
    return actions.copy_method(method, version="2027", by=team_member)


def content(method):
    """All that a version says, without its keys."""
    return {
        "checklist": list(
            method.checklist.values_list("gate", "order", "code", "text", "help", "falls_to")
        ),
        "templates": list(
            method.templates.values_list(
                "order", "code", "name", "phase", "gate", "purpose", "required_in"
            )
        ),
        "sections": sorted(
            method.templates.values_list(
                "code",
                "sections__order",
                "sections__code",
                "sections__heading",
                "sections__guidance",
                "sections__data",
                "sections__is_required",
            )
        ),
        "profiles": list(
            method.profiles.values_list("size", "max_months", "max_cost", "formal_gates")
        ),
    }


def row(line, *names, **changed):
    return Row({name: getattr(line, name) for name in names} | changed, line.pk)


# What happens


def test_a_copy_has_all_that_the_version_has(team_member):
    load_reference()
    source = Method.objects.get()

    made = actions.copy_method(source, version="2027", by=team_member)

    assert content(made) == content(source)
    assert (made.based_on, made.is_current) == (source, False)
    assert changes(made) == []


def test_two_versions_cannot_have_the_same_name(draft, team_member):
    with pytest.raises(ActionRefused, match="heter 2026"):
        actions.copy_method(draft, version="2026", by=team_member)
    with pytest.raises(ActionRefused, match="heter 2026"):
        actions.write_method(
            draft, name="X", version="2026", source="", silent_after_days=30, by=team_member
        )


def test_a_version_that_a_project_has_is_frozen(method, team_member):
    ProjectFactory(method=method)
    template = method.templates.get()
    writings = [
        lambda: actions.write_method(
            method, name="X", version="X", source="", silent_after_days=1, by=team_member
        ),
        lambda: actions.write_checklist(method, "BP1", [], by=team_member),
        lambda: actions.write_products(method, [], by=team_member),
        lambda: actions.write_sections(template, [Row({"heading": "X"})], by=team_member),
        lambda: actions.write_profiles(method, [], by=team_member),
        lambda: actions.delete_method(method, by=team_member),
    ]
    before = content(method)

    for write in writings:
        with pytest.raises(ActionRefused, match="låst"):
            write()

    assert content(method) == before


def test_questions_are_changed_added_moved_and_removed(draft, team_member):
    kept = draft.checklist.get(gate="BP2")
    names = ("text", "help", "falls_to")
    new = Row({"text": "Er ærlig økonomi på plass?", "help": "", "falls_to": "owner"})

    actions.write_checklist(
        draft, "BP2", [new, row(kept, *names, text="Er alt klart?")], by=team_member
    )
    actions.write_checklist(draft, "BP3", [], by=team_member)

    assert list(draft.checklist.filter(gate="BP2").values_list("order", "code", "text")) == [
        (1, "er-aerlig-okonomi-pa-plass", "Er ærlig økonomi på plass?"),
        (2, "klar", "Er alt klart?"),
    ]
    assert not draft.checklist.filter(gate="BP3").exists()
    assert draft.checklist.filter(gate="BP4").exists()


def test_a_question_somebody_removed_meanwhile_is_not_put_back(draft, team_member):
    gone = draft.checklist.get(gate="BP2")
    actions.write_checklist(draft, "BP2", [], by=team_member)

    with pytest.raises(ActionRefused, match="Last siden på nytt"):
        actions.write_checklist(
            draft, "BP2", [row(gone, "text", "help", "falls_to")], by=team_member
        )


def test_a_document_keeps_at_least_one_section(draft, team_member):
    with pytest.raises(ActionRefused, match="minst ett avsnitt"):
        actions.write_sections(draft.templates.get(), [], by=team_member)


def test_new_projects_use_the_version_taken_into_use_and_running_ones_keep_theirs(
    method, draft, team_member
):
    Method.objects.filter(pk=method.pk).update(is_current=True)
    running = ProjectFactory(method=method)

    actions.take_method_into_use(draft, by=team_member)

    assert Method.objects.current() == draft
    assert Project.objects.get(pk=running.pk).method == method


def test_a_version_that_lacks_something_is_not_taken_into_use(draft, team_member):
    draft.checklist.filter(gate="BP4").delete()
    draft.profiles.filter(size="small").delete()
    draft.templates.get().sections.all().delete()

    with pytest.raises(ActionRefused) as refused:
        actions.take_method_into_use(draft, by=team_member)

    assert str(refused.value) == (
        "Versjonen er ikke ferdig. Den mangler sjekkliste for BP4, grenser for «lite» og "
        "avsnitt i «Mandat»."
    )
    assert Method.objects.current() is None


def test_a_draft_is_deleted_with_all_it_has_but_not_the_version_in_use(draft, team_member):
    actions.take_method_into_use(draft, by=team_member)
    with pytest.raises(ActionRefused, match="Ta en annen i bruk først"):
        actions.delete_method(draft, by=team_member)

    Method.objects.update(is_current=False)
    actions.delete_method(draft, by=team_member)

    assert list(Method.objects.values_list("version", flat=True)) == ["2026"]


def test_what_differs_is_said_in_words(draft, team_member):
    bp2, bp3 = draft.checklist.get(gate="BP2"), draft.checklist.get(gate="BP3")
    names = ("text", "help", "falls_to")
    actions.write_method(
        draft, name=draft.name, version="2027", source="", silent_after_days=20, by=team_member
    )
    actions.write_checklist(
        draft, "BP2", [row(bp2, *names, text="Klart?", falls_to="owner")], by=team_member
    )
    actions.write_checklist(
        draft,
        "BP3",
        [Row({"text": "Er folk med?", "help": "", "falls_to": "owner"})],
        by=team_member,
    )
    draft.templates.update(required_in=["medium", "large"])
    draft.profiles.filter(size="small").update(max_cost=500_000)

    said = [(each.where, each.what, each.before, each.now) for each in changes(draft)]

    assert said == [
        ("Stille prosjekter", "antall dager", "30", "20"),
        ("Sjekklisten for BP2", "spørsmålet", "Er BP2 klart?", "Klart?"),
        ("Sjekklisten for BP2", "hvem som avklarer: Klart?", "Prosjektleder", "Prosjekteier"),
        ("Sjekklisten for BP3", "nytt", "", "Er folk med?"),
        ("Sjekklisten for BP3", "tatt bort", str(bp3), ""),
        ("Dokumentene", "hvor det kreves: Mandat", "stort", "middels stort og stort"),
        ("Størrelser", "kroner: Lite", "300\u202f000\u00a0kr", "500\u202f000\u00a0kr"),
    ]


# The pages


@pytest.fixture
def team(client, team_member):
    client.force_login(team_member)
    return client


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(team, draft, count, django_assert_num_queries):
    for number in range(count):
        template = ProductTemplate.objects.create(
            method=draft, code=f"p-{number}", name="P", phase="idea", gate="BP1", order=9
        )
        template.sections.create(order=1, code="a", heading="A")

    with django_assert_num_queries(QUERIES):
        team.get(reverse("method:detail", args=[draft.pk]))


def test_the_page_says_what_cannot_be_edited(team, draft):
    page = team.get(reverse("method:detail", args=[draft.pk])).content.decode()

    assert "Det kan ikke endres her." in page
    assert "Endre sjekklisten for BP2" in page


def test_a_draft_is_for_the_team_and_a_used_version_for_the_portfolio(client, draft, method, owner):
    ProjectFactory(method=method)
    client.force_login(owner)

    listed = client.get(reverse("method:list")).content.decode()

    assert "2026" in listed
    assert "2027" not in listed
    assert client.get(reverse("method:detail", args=[draft.pk])).status_code == 403
    assert client.get(reverse("method:detail", args=[method.pk])).status_code == 200


def rows_form(page, **changed):
    """The form of a page as a browser would send it, with some of it changed."""
    seen, rows = page.context["form"], page.context["rows"]
    data = {"seen": seen.stored, **{f"rad-{k}": v for k, v in _management(rows).items()}}
    for form in rows:
        for name in form.fields:
            value = form[name].value()
            if value not in (None, False):
                data[form.add_prefix(name)] = value
    return data | changed


def _management(rows):
    return {
        "TOTAL_FORMS": rows.total_form_count(),
        "INITIAL_FORMS": rows.initial_form_count(),
    }


def test_the_team_moves_and_removes_questions(team, draft, team_member):
    texts = ["Én", "To", "Tre", "Fire"]
    rows = [Row({"text": text, "help": "", "falls_to": "owner"}) for text in texts]
    actions.write_checklist(draft, "BP2", rows, by=team_member)
    url = reverse("method:checklist", args=[draft.pk, "BP2"])
    page = team.get(url)

    response = team.post(
        url, rows_form(page, **{"rad-3-ORDER": 1, "rad-1-DELETE": "on", "rad-0-text": "En"})
    )

    assert response.url == reverse("method:detail", args=[draft.pk])
    stored = draft.checklist.filter(gate="BP2").order_by("order")
    assert list(stored.values_list("text", flat=True)) == ["Fire", "En", "Tre"]


def test_an_empty_question_is_explained_and_the_rest_kept(team, draft):
    url = reverse("method:checklist", args=[draft.pk, "BP2"])
    page = team.get(url)

    answer = team.post(url, rows_form(page, **{"rad-0-text": "", "rad-0-help": "Se veilederen."}))

    shown = answer.content.decode()
    assert "Skriv spørsmålet, eller ta det bort." in shown
    assert "Se veilederen." in shown


def test_the_second_of_two_who_write_keeps_what_was_typed(team, draft, team_member):
    url = reverse("method:checklist", args=[draft.pk, "BP2"])
    page = team.get(url)
    kept = draft.checklist.get(gate="BP2")
    actions.write_checklist(
        draft, "BP2", [row(kept, "text", "help", "falls_to", text="Først")], by=team_member
    )

    answer = team.post(url, rows_form(page, **{"rad-0-text": "Sist"})).content.decode()

    assert "Noen andre endret dette mens du skrev." in answer
    assert "Sist" in answer
    assert draft.checklist.get(gate="BP2").text == "Først"


def test_the_team_writes_documents_sections_and_sizes(team, draft):
    template = draft.templates.get()
    for name, args, changed in (
        ("method:products", [draft.pk], {"rad-0-required_in": ["small"], "rad-0-name": "Kort"}),
        ("method:sections", [draft.pk, template.code], {"rad-0-heading": "Hvorfor"}),
    ):
        url = reverse(name, args=args)
        assert team.post(url, rows_form(team.get(url), **changed)).status_code == 302
    url = reverse("method:profiles", args=[draft.pk])
    page = team.get(url)
    team.post(
        url,
        {
            "seen": page.context["form"].stored,
            "small-max_months": "4",
            "small-max_cost": "250 000",
            "small-formal_gates": ["BP5"],
        },
    )

    template.refresh_from_db()
    small = draft.profiles.get(size="small")
    assert (template.name, template.required_in) == ("Kort", ["small"])
    assert template.sections.get().heading == "Hvorfor"
    assert (small.max_months, small.max_cost, small.formal_gates) == (4, 250_000, ["BP5"])


def test_taking_into_use_asks_first_and_says_who_keeps_theirs(team, draft, method):
    Method.objects.filter(pk=method.pk).update(is_current=True)
    ProjectFactory(method=method)
    url = reverse("method:use", args=[draft.pk])

    page = team.get(url).content.decode()
    team.post(url)

    assert "1 prosjekt bruker 2026, og beholder den." in " ".join(page.split())
    assert Method.objects.current() == draft


@pytest.mark.parametrize("name", ["edit", "products", "profiles", "delete"])
def test_a_used_version_has_no_form(team, method, name):
    ProjectFactory(method=method)

    response = team.get(reverse(f"method:{name}", args=[method.pk]))

    assert response.url == reverse("method:detail", args=[method.pk])


def test_a_list_without_versions_says_so(team):
    Method.objects.all().delete()

    assert "Ingen metode ennå" in team.get(reverse("method:list")).content.decode()
