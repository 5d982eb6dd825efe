import pytest

from core import mail_templates
from core.mail_kinds import MailKind, Placeholder, filled_in, names_in
from core.models import Event, MailTemplate

FRAME = MailKind(
    "test-frame",
    "Ramme",
    group="Felles",
    body="Hei.\n\n{beskjed}\n\nHilsen oss",
    placeholders=(Placeholder("beskjed", "teksten", "…", is_required=True),),
    is_frame=True,
)
KIND = MailKind(
    "test",
    "Prøve",
    group="Felles",
    subject="Nytt om {tittel}",
    body="{tittel} er tatt opp.{grunn} Grunnen er {grunn}",
    placeholders=(
        Placeholder("tittel", "ideens tittel", "Kø"),
        Placeholder("grunn", "begrunnelsen", "Mange spør.", is_required=True),
    ),
    frame=FRAME,
)


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("Hei {navn}.", {"navn": "Kari"}, "Hei Kari."),
        ("Hei {navn}.", {"navn": ""}, "Hei."),
        ("Hei {ukjent}.", {"navn": "Kari"}, "Hei {ukjent}."),
        ("{a} {b}", {"a": "{b}", "b": "to"}, "{b} to"),
        ("{a.__class__} {0} {} {{a}}", {"a": "x"}, "{a.__class__} {0} {} {x}"),
        ("100 % {år}", {"år": 2027}, "100 % 2027"),
        ("%(a)s {% now %} {{ a }}", {"a": "x"}, "%(a)s {% now %} {{ a }}"),
    ],
)
def test_filled_in_puts_values_in_and_runs_nothing(text, values, expected):
    assert filled_in(text, values) == expected


def test_names_in_gives_each_word_once():
    assert names_in("{tittel} og {grunn} og {tittel}") == ["tittel", "grunn"]


def test_a_kind_tells_which_words_are_unknown_and_which_are_missing():
    assert KIND.unknown_names("{tittel} {navn}") == ["navn"]
    assert KIND.missing_names("{tittel}") == ["grunn"]


def test_letter_uses_the_kinds_own_text_until_another_is_written(db, team_member):
    before = mail_templates.letter(KIND, tittel="Kø", grunn="")
    own = MailTemplate(kind=KIND.key, subject="Om {tittel}", body="Kort: {grunn}")
    mail_templates.write(own, by=team_member)

    after = mail_templates.letter(KIND, tittel="Kø", grunn="Ja.")

    assert (before.subject, before.body) == ("Nytt om Kø", "Kø er tatt opp. Grunnen er")
    assert (after.subject, after.body, after.kind) == ("Om Kø", "Kort: Ja.", KIND)


def test_a_subject_is_one_line_and_not_too_long(db):
    letter = mail_templates.letter(KIND, tittel="Kø\r\nBcc: alle@b.example " + "x" * 300, grunn="")

    assert "\n" not in letter.subject
    assert len(letter.subject) == mail_templates.LONGEST_SUBJECT


def test_example_shows_what_is_put_around(db):
    example = mail_templates.example(KIND, mail_templates.text_of(KIND))

    assert example.subject == "Nytt om Kø"
    assert example.body.startswith("Hei.\n\nKø er tatt opp.")
    assert example.body.endswith("Hilsen oss")


def test_restore_gives_the_original_back_and_keeps_what_was_written(db, team_member):
    own = MailTemplate(kind=KIND.key, subject="Om {tittel}", body="Kort: {grunn}")
    mail_templates.write(own, by=team_member)
    mail_templates.choose_read_first(KIND, True, by=team_member)

    mail_templates.restore(KIND, by=team_member)

    assert mail_templates.text_of(KIND).body == KIND.body
    assert mail_templates.is_read_first(KIND)
    assert [event.data["body"] for event in Event.objects.about(own).order_by("pk")[:1]] == [
        "Kort: {grunn}"
    ]


def test_a_secret_kind_is_never_held(db, team_member):
    secret = MailKind("secret", "Passord", group="Konto", is_secret=True, read_first=True)

    assert not mail_templates.is_read_first(secret)
