import datetime as dt
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import roles
from core.workbooks import read_workbook
from projects.models import FreezePeriod, Integration, System, SystemKind, SystemState, SystemUse
from projects.systems_plan import as_payload, plan_of
from projects.systems_workbook import read_systems, systems_workbook
from tests.factories.projects import ProjectFactory
from tests.factories.systems import (
    ChangeTouchFactory,
    FreezePeriodFactory,
    IntegrationFactory,
    SystemFactory,
    SystemUseFactory,
    staged_systems,
)

LIST_QUERIES = 9
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(person):
    return person(roles.ICT_BOARD, name="Eirik Nordby")


@pytest.fixture
def logged_in(client, keeper):
    client.force_login(keeper)
    return client


# The register


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_asks_as_often_for_four_as_for_one(
    logged_in, count, django_assert_max_num_queries
):
    for _number in range(count):
        SystemUseFactory()

    with django_assert_max_num_queries(LIST_QUERIES):
        page = logged_in.get(reverse("systems:list")).content.decode()

    assert page.count('scope="row"') == count


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "lønn"}, ["Visma"]),
        ({"kind": "national"}, ["Altinn"]),
        ({"state": "leaving"}, ["Gerica"]),
        ({"q": "finnes ikke"}, []),
    ],
)
def test_the_list_is_searched_and_narrowed(logged_in, query, found):
    SystemFactory(name="Visma", purpose="Lønn og ansatte")
    SystemFactory(name="Altinn", kind=SystemKind.NATIONAL)
    SystemFactory(name="Gerica", state=SystemState.LEAVING)

    response = logged_in.get(reverse("systems:list"), query)

    assert [system.name for system in response.context["systems"]] == found


def test_two_systems_cannot_have_the_same_name_in_other_capitals(logged_in):
    SystemFactory(name="Visma HRM")

    response = logged_in.post(
        reverse("systems:create"),
        {"name": "visma  hrm", "kind": "system", "state": "in_use", "version": 0},
    )

    assert "«Visma HRM» står i registeret fra før." in response.content.decode()
    assert System.objects.count() == 1


def test_a_stale_edit_is_told(logged_in, keeper):
    system = SystemFactory()
    system.mark_edited(keeper)
    system.save()
    form = {"name": "Nytt", "kind": "system", "state": "in_use", "version": 0}

    response = logged_in.post(reverse("systems:edit", args=[system.pk]), form)

    assert response.status_code == 200
    assert "Velg hvilken tekst som skal gjelde" in response.content.decode()
    system.refresh_from_db()
    assert system.name != "Nytt"


def test_the_page_of_a_system_says_who_is_in_it(logged_in):
    link = IntegrationFactory(source__name="Visma HRM", target__name="Gat", what="Stillinger")
    SystemUseFactory(system=link.source, project__name="Digitale arbeidsavtaler")
    ChangeTouchFactory(system=link.source, change_request__title="Vent til våren")
    FreezePeriodFactory(name="Valg")

    page = logged_in.get(link.source.get_absolute_url()).content.decode()

    for words in ("Digitale arbeidsavtaler", "Gat", "Stillinger", "Vent til våren", "Valg"):
        assert words in page


def test_an_integration_is_seen_from_either_end(logged_in):
    one, other = SystemFactory(), SystemFactory()
    url = reverse("systems:integration-add", args=[one.pk])

    logged_in.post(url, {"direction": "in", "other": other.pk, "what": "Navn"})
    logged_in.post(url, {"direction": "in", "other": other.pk, "what": "Navn og adresse"})

    link = Integration.objects.get()
    assert (link.source, link.target, link.what) == (other, one, "Navn og adresse")


def test_a_freeze_period_cannot_end_before_it_begins(logged_in):
    url = reverse("systems:freeze-create")
    key = logged_in.get(url).context["form"]["submission_key"].value()
    form = {"name": "Valg", "starts_on": "2026-12-10", "ends_on": "2026-12-01"}

    response = logged_in.post(url, {**form, "submission_key": key})
    assert "Til-datoen kan ikke være før fra-datoen." in response.content.decode()

    for _time in range(2):
        logged_in.post(url, {**form, "ends_on": "2026-12-31", "submission_key": key})
    assert FreezePeriod.objects.get().systems.count() == 0


def test_all_collisions_are_shown_one_kind_at_a_time(logged_in):
    system = SystemFactory(name="Visma HRM")
    for _project in range(2):
        SystemUseFactory(system=system)

    page = logged_in.get(reverse("systems:collisions")).content.decode()
    others = logged_in.get(reverse("systems:collisions"), {"hva": "people", "page": "x"})

    assert "Visma HRM" in page
    assert "Ingen kollisjoner" in others.content.decode()


def test_a_project_says_which_systems_it_touches(client, person):
    owner = person(roles.PROJECT_OWNER)
    project, system = ProjectFactory(owner=owner), SystemFactory()
    client.force_login(owner)
    url = reverse("projects:system-use-add", args=[project.pk])
    key = client.get(url).context["form"]["submission_key"].value()
    form = {
        "system": system.pk,
        "kind": "changes",
        "starts_on": "2030-11-01",
        "ends_on": "2030-11-30",
        "submission_key": key,
    }

    for _time in range(2):
        client.post(url, form)
    SystemUseFactory(system=system, project__name="Ny timeføring")

    assert SystemUse.objects.filter(project=project).count() == 1
    page = client.get(reverse("projects:systems", args=[project.pk])).content.decode()
    assert "Én ting kolliderer" in page
    assert "Ny timeføring" in page


# The workbook


def book_of(systems, integrations=()):
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first.title = "Systemer"
    for row in [["Navn", "Type", "Status", "Sektor", "Systemeier"], *systems]:
        first.append(row)
    second = book.create_sheet("Integrasjoner")
    for row in [["Fra", "Til", "Hva som sendes"], *integrations]:
        second.append(row)
    target = io.BytesIO()
    book.save(target)
    return SimpleUploadedFile("systemer.xlsx", target.getvalue())


def faults_of(upload):
    return [str(fault) for fault in read_systems(read_workbook(upload))[1]]


def test_a_file_is_shown_before_it_is_read_in_and_read_in_once(logged_in):
    SystemFactory(name="Visma HRM", owner="HR")
    upload = book_of(
        [["VISMA hrm", "", "På vei ut", None, "Lønn"], ["Gat", "fagsystem"]],
        [["Gat", "visma HRM", "Timer"]],
    )

    preview = logged_in.post(reverse("systems:import"), {"file": upload}).url
    page = logged_in.get(preview).content.decode()
    assert "Gat" in page
    assert "På vei ut" in page
    assert System.objects.count() == 1

    logged_in.post(preview)
    again = logged_in.post(preview)

    visma = System.objects.get(name="Visma HRM")
    assert (visma.state, visma.owner) == (SystemState.LEAVING, "Lønn")
    assert Integration.objects.get().target == visma
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("upload", "fault"),
    [
        (book_of([["", "Fagsystem"]]), "celle A2: Navn mangler."),
        (book_of([["Gat"], ["GAT"]]), "celle A3: Dette står også i rad 2."),
        (book_of([["Gat", "Bil"]]), "celle B2: Type må være"),
        (book_of([["Gat"]], [["Gat", "Ukjent"]]), "celle B2: «Ukjent» står verken"),
        (book_of([["Gat"]], [["Gat", "gat"]]), "celle B2: En integrasjon går mellom to"),
        (book_of([]), "Fila har ingen systemer."),
    ],
)
def test_what_is_wrong_is_told_by_cell(upload, fault):
    upload.seek(0)

    assert any(fault in each for each in faults_of(upload))


def test_what_is_downloaded_changes_nothing_when_it_is_uploaded():
    link = IntegrationFactory(source__owner="=IT", source__supplier="Visma")
    systems = System.objects.select_related("sector").order_by("name")
    content = systems_workbook(list(systems), [link], creator="Gjøvik", made_at=NOW)

    rows, faults = read_systems(read_workbook(SimpleUploadedFile("s.xlsx", content)))

    assert faults == []
    assert not plan_of(as_payload(*rows)).changes_anything


def test_an_empty_field_leaves_what_is_there(keeper):
    SystemFactory(name="Visma HRM", owner="HR", supplier="Visma")
    rows, _faults = read_systems(read_workbook(book_of([["Visma HRM", "", "", "", "Lønn"]])))

    (change,) = plan_of(as_payload(*rows)).changed

    assert [each.after for each in change.differences] == ["Lønn"]
    assert change.system.supplier == "Visma"


def test_only_the_one_who_uploaded_confirms(client, person, keeper):
    token = staged_systems(by=keeper).token
    client.force_login(person(roles.DIGITALISATION_TEAM))

    url = reverse("systems:import-preview", args=[token])

    assert client.get(url).url == reverse("systems:import")
    assert client.post(url).status_code == 409
    assert not System.objects.filter(name="Postjournal").exists()


def test_what_somebody_else_has_removed_is_told(logged_in):
    link, period = IntegrationFactory(), FreezePeriodFactory()
    removing = reverse("systems:integration-remove", args=[link.source_id, link.pk])

    for url in (removing, reverse("systems:freeze-remove", args=[period.pk])):
        logged_in.post(url)
        assert "allerede fjernet" in logged_in.post(url, follow=True).content.decode()
