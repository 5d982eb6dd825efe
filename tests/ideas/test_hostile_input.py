"""2 000 hostile inputs to the open forms: no 500, and nothing stored that was refused."""

import random
import uuid
from urllib.parse import quote_from_bytes

import pytest

from ideas.models import Idea, IdeaContact, StagedAttachment
from tests.core.sent_things import from_a_phone, pdf

CREATE, SIMILAR, FOLLOW, LIST = "/ideer/ny/", "/ideer/liknende/", "/ideer/folg/", "/ideer/"
BATCHES, IN_EACH = 20, 100
BOUNDARY = b"----gjovik"

TEXTS = [
    b"",
    b" ",
    b"Helt vanlig tekst med \xc3\xa6\xc3\xb8\xc3\xa5.",
    b"\x00",
    b"abc\x00def",
    bytes(range(1, 32)),
    b"\x7f\x80\x81\xfe\xff",  # not UTF-8
    b"\xed\xa0\x80 og \xed\xbf\xbf",  # lone surrogates
    b"\xf4\x90\x80\x80\xc0\xaf",  # past the end of Unicode, and overlong
    "\u202e\u2066gnp.exe\u2069\u200f".encode(),
    ("Z" + "\u0301" * 500).encode(),
    "👩‍👩‍👧‍👦".encode() * 50,
    "\ufeff\ufffe\uffff\U0010ffff".encode(),
    b"'; DROP TABLE ideas_idea; --",
    b"' OR '1'='1' UNION SELECT NULL, NULL --",
    b"$$; SELECT pg_sleep(9); $$ %s %(x)s {0} {x.__class__}",
    b"<script>alert(1)</script><img src=x onerror=alert(1)>",
    b"{{ 7|add:7 }}{% debug %}{% include '/etc/passwd' %}{#",
    b"${7*7} #{7*7} <%= 7*7 %> \\u0000 %00 %n%s",
    b"a" * 2000,
    b"a" * 2001,
    "ø".encode() * 30_000,
    b"1 " * 20_000,
    b"a@" * 5_000,
    b"\r\n\r\nSet-Cookie: a=b\r\n",
    b"../../../../etc/passwd\x00.png",
    b"01019000083 99999999 kari@b.example",
    b":* & | ! <-> ( ) \\ ''''",
    b"=HYPERLINK(\"https://ut.example\")",
    b"NaN", b"-1", b"1e400", b"9" * 400, b"null", b"[]", b"true",
]  # fmt: skip
FILES = [
    b"",
    b"%PDF-1.7 \x00",
    b"\xff\xd8\xff\xe1\xff\xff",
    b"\x89PNG\r\n\x1a\n" + b"\xff" * 50,
    b"RIFF\xff\xff\xff\xffWEBPVP8 ",
    b"GIF89a",
    b"<svg/>",
    b"\0" * 100,
    from_a_phone()[:300],
    pdf()[:700],
]
FIELDS = [
    *("problem", "who_has_it", "submitter", "solution", "sector", "email", "files"),
    *("submission_key", "website", "proof", "personal", "remove_file", "next", "\x00", "__proto__"),
]


def a_form(chance):
    """Fields that are right, wrong, missing or several, as they come over the wire."""
    fields = [
        (b"submission_key", str(uuid.UUID(int=chance.getrandbits(128))).encode()),
        (b"problem", b"Vi h\xc3\xb8rer ingenting."),
        (b"who_has_it", b"Alle"),
        (b"submitter", b"citizen"),
    ]
    for _change in range(chance.randint(1, 4)):
        name, text = chance.choice(FIELDS).encode(), chance.choice(TEXTS)
        if chance.random() < 0.75:
            fields = [field for field in fields if field[0] != name]
        fields.append((name, text))
    return fields


def urlencoded(chance, fields):
    body = b"&".join(
        f"{quote_from_bytes(name)}={quote_from_bytes(text)}".encode() for name, text in fields
    )
    charset = chance.choice(["", "; charset=utf-8", "; charset=latin-1", "; charset=utf-7x"])
    return body, f"application/x-www-form-urlencoded{charset}"


def multipart(chance, fields):
    """As a browser writes it, or cut short, or with headers no browser writes."""
    parts = [b'Content-Disposition: form-data; name="%s"\r\n\r\n%s' % field for field in fields]
    for _file in range(chance.randint(0, 3)):
        name = chance.choice(TEXTS)[:200].replace(b"\r\n", b"")
        parts.append(
            b'Content-Disposition: form-data; name="files"; filename="%s"\r\n'
            b"Content-Type: %s\r\n\r\n%s"
            % (name, chance.choice([b"image/png", b"text/html", b"\xff/x"]), chance.choice(FILES))
        )
    body = b"".join(b"--%s\r\n%s\r\n" % (BOUNDARY, part) for part in parts)
    body += b"--%s--\r\n" % BOUNDARY
    if chance.random() < 0.2:
        body = body[: chance.randrange(len(body))]
    if chance.random() < 0.1:
        body = body.replace(b"form-data; ", b"form-data; name=; ;=;\x00", 1)
    boundary = BOUNDARY if chance.random() < 0.95 else chance.choice([b"", b"\xff", b"x" * 300])
    return body, (b"multipart/form-data; boundary=" + boundary).decode("latin-1")


def send(client, chance):
    if chance.random() < 0.15:
        path = chance.choice([FOLLOW, LIST])
        name = chance.choice(["kode", "code", "q", "page", "sector", "status", "year"])
        query = f"{name}={quote_from_bytes(chance.choice(TEXTS)[:1500])}"
        return client.get(path, QUERY_STRING=query)
    write = chance.choice([urlencoded, multipart])
    body, content_type = write(chance, a_form(chance))
    path = CREATE if chance.random() < 0.8 else SIMILAR
    return client.generic("POST", path, body, content_type=content_type)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("batch", range(BATCHES))
def test_hostile_input_is_answered_plainly_and_stored_only_when_it_is_taken(
    client, cycle, settings, batch
):
    settings.ABUSE_PROOF_AFTER = settings.ABUSE_PROOF_AFTER_ALL = 10**6
    chance = random.Random(batch)
    taken = 0

    for _input in range(IN_EACH):
        response = send(client, chance)

        assert response.status_code in {200, 302, 400, 404}, response.content[:300]
        taken += response.status_code == 302 and "/kvittering/" in response.url

    assert Idea.objects.count() == taken
    assert 0 < taken < IN_EACH
    for idea in Idea.objects.all():
        assert 0 < len(idea.problem) <= 2000
        assert 0 < len(idea.who_has_it) <= 200
        assert "01019000083" not in f"{idea.problem}{idea.who_has_it}{idea.solution}"
        assert client.get(f"/ideer/folg/{idea.token}/").status_code == 200
    assert not IdeaContact.objects.exclude(email__contains="@").exists()
    assert not StagedAttachment.objects.exclude(kind__in=["image/jpeg", "application/pdf"]).exists()


def test_markup_is_shown_as_text(client, cycle):
    markup = "<script>alert(1)</script> {{ 7|add:7 }} https://ut.example"
    sent = {
        "submission_key": str(uuid.uuid4()),
        "problem": markup,
        "who_has_it": "<b>Alle</b>",
        "submitter": "citizen",
    }

    page = client.post(CREATE, sent, follow=True).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7|add:7 }}" in page
    assert "<script>alert(1)" not in page
    assert "<b>Alle</b>" not in page
