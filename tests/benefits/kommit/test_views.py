import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benefits.models import Benefit, Evidence, KommitImport
from core.formatting import number, share
from core.models import StagedImport
from tests.factories.benefits import BenefitFactory
from tests.factories.kommit import (
    KommitImportFactory,
    full,
    kommit_file,
    one_benefit,
    staged_kommit,
)
from tests.factories.municipality import UserFactory
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    return ProjectFactory(name="Digitale nøkler")


@pytest.fixture
def owner(project, client):
    client.force_login(project.owner)
    return project.owner


def upload_url(project) -> str:
    return reverse("benefits:kommit", args=[project.pk])


def preview_url(project, staged) -> str:
    return reverse("benefits:kommit-preview", args=[project.pk, staged.token])


def answers(client, url, **typed) -> dict[str, str]:
    """What the form proposes, with what somebody typed instead."""
    form = client.get(url).context["form"]
    proposed = {name: form[name].value() for name in form.fields}
    proposed = {name: value for name, value in proposed.items() if value is not None}
    return {**proposed, "evidence": Evidence.MEASURED, **typed}


def test_a_workbook_goes_in_is_shown_and_confirmed(client, owner, project):
    cells = one_benefit(analysis={"D6": 2027, "H7": 4}, plan={"C5": "løpende"})

    response = client.post(upload_url(project), {"file": kommit_file(cells)})

    staged = StagedImport.objects.get()
    assert response.url == preview_url(project, staged)
    page = client.get(response.url).content.decode()
    assert "Ta inn én gevinst" in page
    assert "Den blir stående i teksten til tiltaket." in page
    assert page.count(f"{number(299_968)} kr") == 2  # the net present value, theirs and ours
    assert share(0.56) in page  # måloppnåelse, 45.5/81
    assert share(0.20) in page  # the way from 90 to 45.5
    assert "Vi finner ingen som heter dette." in page
    response = client.post(
        preview_url(project, staged), answers(client, preview_url(project, staged))
    )
    assert response.url == reverse("benefits:register", args=[project.pk])
    assert Benefit.objects.get().owner == owner
    assert client.get(preview_url(project, staged)).url == upload_url(project)


def test_what_is_wrong_is_shown_with_sheet_and_cell(client, owner, project):
    cells = one_benefit(analysis={"D7": "ca. 100 000"}, attitudes={"C5": 6})

    response = client.post(upload_url(project), {"file": kommit_file(cells)})

    page = response.content.decode()
    assert "Du må rette to ting i fila" in page
    assert "Arket «KONSEPT - Gevinstanalyse», celle D7:" in page
    assert not StagedImport.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7", "Dette er en PDF."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Fila er lagret i et eldre format."),
        (b"PK\x03\x04 broken", "Vi klarer ikke å lese fila."),
    ],
)
def test_another_kind_of_file_is_refused(client, owner, project, content, said):
    upload = SimpleUploadedFile("gevinster.xlsx", content)

    page = client.post(upload_url(project), {"file": upload}).content.decode()

    assert said in page


def test_the_same_content_again_is_told_at_once(client, owner, project):
    staged = staged_kommit(project, by=owner, cells=one_benefit())
    client.post(preview_url(project, staged), answers(client, preview_url(project, staged)))

    again = kommit_file(one_benefit(), name="igjen.xlsx")
    response = client.post(upload_url(project), {"file": again})

    assert response.status_code == 200
    assert "hentet inn fra før" in response.content.decode()


def test_a_benefit_counted_otherwise_and_days_in_the_wrong_order_are_refused(
    client, owner, project
):
    """«Gevinst 1» is in kroner in the file, and is proposed as ours of the same name."""
    BenefitFactory(project=project, name="gevinst 1", kind="time")
    staged = staged_kommit(project, by=owner)
    url = preview_url(project, staged)

    typed = answers(client, url, measured_on="01.01.2020", baseline_on="01.02.2020")
    response = client.post(url, typed)

    assert set(response.context["form"].errors) == {"row_1", "measured_on"}
    assert Benefit.objects.count() == 1


def test_only_the_one_who_uploaded_it_sees_it(client, owner, project):
    staged = staged_kommit(project, by=UserFactory())

    assert client.get(preview_url(project, staged)).url == upload_url(project)
    assert client.post(preview_url(project, staged)).status_code == 409


def test_an_import_is_undone_after_a_question(client, owner, project):
    taken = KommitImportFactory(project=project)
    url = reverse("benefits:kommit-undo", args=[project.pk, taken.pk])
    assert "Angre importen" in client.get(url).content.decode()

    client.post(url)

    assert KommitImport.objects.get().undone_by == owner
    assert "Angret" in client.get(upload_url(project)).content.decode()
    assert client.get(url).url == upload_url(project)


def test_the_preview_asks_as_much_for_fourteen_benefits_as_for_one(client, owner, project):
    asked = []
    for cells in (one_benefit(), full()):
        url = preview_url(project, staged_kommit(project, by=owner, cells=cells))
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        asked.append(len(queries))

    assert asked[0] == asked[1]
