import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from zeal import zeal_ignore

from core import roles
from municipality.models import Municipality, User
from tests.factories.municipality import UserFactory

# Who asks and who is asked about are both users, each fetched once: not a loop.
TWO_USERS = [{"model": "municipality.User", "field": "get()"}]
ROOT = "/administrasjon/municipality"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>'


@pytest.fixture
def administrator(person, client) -> User:
    user = person(roles.ADMINISTRATOR, name="Hege Rostad", is_staff=True)
    client.force_login(user)
    return user


def _settings(**changes):
    stored = Municipality.load()
    fields = [field.name for field in Municipality._meta.fields if field.editable]
    values = {name: getattr(stored, name) for name in fields if name != "is_demo"}
    return values | changes


def test_the_municipality_is_one_page(client, administrator):
    response = client.get(f"{ROOT}/municipality/", follow=True)

    assert response.redirect_chain[-1][0] == f"{ROOT}/municipality/1/change/"
    assert "Gjøvik kommune" in response.text


def test_the_title_of_the_executive_is_a_setting(client, administrator):
    Municipality.objects.create(pk=1)

    client.post(f"{ROOT}/municipality/1/change/", _settings(executive_title="kommunedirektør"))

    assert Municipality.load().executive_title == "kommunedirektør"


def test_a_logo_is_kept_and_served_without_rights(client, administrator):
    Municipality.objects.create(pk=1)
    assert client.get("/logo").status_code == 404

    upload = SimpleUploadedFile("logo.png", SVG, content_type="image/png")
    client.post(f"{ROOT}/municipality/1/change/", _settings(logo_file=upload))

    client.logout()
    response = client.get("/logo")
    assert response.content == SVG
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_a_logo_that_acts_is_refused_and_the_old_one_kept(client, administrator):
    Municipality.objects.create(pk=1, logo=SVG, logo_type="image/svg+xml")

    upload = SimpleUploadedFile("logo.svg", SVG.replace(b"<path", b"<script"))
    response = client.post(f"{ROOT}/municipality/1/change/", _settings(logo_file=upload))

    assert "SVG-fila har skript eller lenker i seg." in response.text
    assert bytes(Municipality.load().logo) == SVG


def test_a_logo_is_removed(client, administrator):
    Municipality.objects.create(pk=1, logo=SVG, logo_type="image/svg+xml")

    client.post(f"{ROOT}/municipality/1/change/", _settings(remove_logo="on"))

    assert Municipality.load().logo_type == ""


def test_an_account_is_made_with_a_lower_case_email(client, administrator):
    response = client.post(
        f"{ROOT}/user/add/",
        {
            "email": "Kari.Ny@Gjovik.example",
            "name": "Kari Ny",
            "usable_password": "true",
            "password1": "et langt og sikkert passord",
            "password2": "et langt og sikkert passord",
        },
    )

    assert response.status_code == 302
    user = User.objects.get(email="kari.ny@gjovik.example")
    assert user.check_password("et langt og sikkert passord")


def test_an_administrator_cannot_reach_a_superuser(client, administrator):
    root = UserFactory(is_superuser=True, is_staff=True, name="Drift")

    assert "Drift" not in client.get(f"{ROOT}/user/").text
    with zeal_ignore(TWO_USERS):
        assert client.get(f"{ROOT}/user/{root.pk}/change/").status_code == 302
        assert client.get(f"{ROOT}/user/{root.pk}/password/").status_code == 404


def test_an_administrator_cannot_become_a_superuser(client, administrator):
    with zeal_ignore(TWO_USERS):
        text = client.get(f"{ROOT}/user/{administrator.pk}/change/").text

    assert "is_superuser" not in text
    assert "user_permissions" not in text


@pytest.mark.parametrize(
    "page", ["sector", "user", "strategyarea", "strategygoal", "localstrategy"]
)
def test_the_administrator_sees_what_there_is_to_edit(client, administrator, page):
    assert client.get(f"{ROOT}/{page}/").status_code == 200
    assert client.get(f"{ROOT}/{page}/add/").status_code == 200


def test_others_do_not_get_in(client, person):
    client.force_login(person(roles.DIGITALISATION_TEAM, is_staff=True))

    assert client.get(f"{ROOT}/user/").status_code == 403
