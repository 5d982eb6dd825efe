"""What a request without a session is answered with."""

from django.urls import reverse


def test_htmx_without_a_session_is_told_so_and_gets_no_page(client, db):
    response = client.post(reverse("my-page"), headers={"HX-Request": "true"})

    assert (response.status_code, response.content) == (401, b"")


def test_a_page_without_a_session_leads_to_log_in_and_back(client, db):
    response = client.get(reverse("my-page"))

    assert response.url == f"{reverse('account_login')}?next={reverse('my-page')}"


def test_htmx_on_an_open_page_needs_no_session(client, db):
    assert client.get(reverse("ideas:list"), headers={"HX-Request": "true"}).status_code == 200
