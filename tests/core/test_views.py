from core import color_scheme


def test_healthz_with_the_broker_down(client, db, broker_down):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()["broker"]) == (503, "down")
    assert answer.json()["database"] == "ok"


def test_color_scheme_is_remembered_and_leads_back(client, db):
    answer = client.post("/fargevalg/", {"scheme": "dark", "next": "/mal/"})

    assert answer.url == "/mal/"
    assert client.cookies[color_scheme.COOKIE].value == "dark"
    assert 'data-color-scheme="dark"' in client.get("/personvern/").content.decode()


def test_color_scheme_does_not_lead_away(client, db):
    answer = client.post("/fargevalg/", {"scheme": "dark", "next": "https://else.example/"})

    assert answer.url == "/"


def test_content_security_policy_lets_nothing_inline_through(client, db):
    policy = client.get("/personvern/").headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "style-src 'self'" in policy


def test_unknown_address_is_404_in_our_clothes(client, db):
    answer = client.get("/finnes-ikke/")

    assert answer.status_code == 404
    assert "Vi finner ikke siden" in answer.content.decode()
