"""The versions of a memo: looked at page by page, compared, kept as they were."""

import io

import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone

from core import made_files
from core.made_files import Made
from prioritization import exports, memo_document
from prioritization import memo as composition
from prioritization import memo_actions as actions
from prioritization.models import (
    FinalAnswer,
    Memo,
    MemoFile,
    RobustnessRun,
    Score,
)

HTMX = {"HX-Request": "true"}
VERSIONS_QUERIES = 11


def url(name: str, *args) -> str:
    return reverse(f"prioritization:{name}", args=args)


def page(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def as_team(client, team_member):
    client.force_login(team_member)
    return client


@pytest.fixture(scope="module")
def two_pages() -> bytes:
    document, written = pypdfium2.PdfDocument.new(), io.BytesIO()
    for _page in range(2):
        document.new_page(595, 842)
    document.save(written)
    return written.getvalue()


@pytest.fixture
def ready(memo, team_member, two_pages) -> MemoFile:
    """A version without the work of making it."""
    file = actions.make_draft_file(memo, by=team_member)
    made_files.take(file)
    beside = {"pages": 2, "annex": b"PK", "annex_sha256": "1" * 64}
    made_files.keep(file, Made(two_pages, beside=beside))
    return MemoFile.objects.get(pk=file.pk)


def test_the_editor_shows_the_page_that_is_asked_for(as_team, memo, ready):
    address = url("memo-part", memo.pk, "sammendrag")

    first, last = page(as_team.get(address)), page(as_team.get(address, {"side": "9"}))

    assert url("memo-page-picture", memo.pk, ready.pk, 1) in first
    assert "Neste side" in first
    assert url("memo-page-picture", memo.pk, ready.pk, 2) in last
    assert "Forrige side" in last


def test_the_preview_says_when_the_memo_is_newer(as_team, memo, ready):
    address = url("memo-preview", memo.pk)
    assert "Notatet er endret etter dette." not in page(as_team.get(address))

    memo.sections.filter(key="summary").update(text="Noe annet.")

    assert "Notatet er endret etter dette." in page(as_team.get(address, headers=HTMX))


def test_the_preview_asks_again_until_the_new_version_is_there(as_team, memo):
    html = page(as_team.post(url("memo-make", memo.pk), headers=HTMX))

    assert 'hx-trigger="every 1s"' in html
    assert "Vi lager versjon 1." in html


def test_a_page_is_a_picture_that_the_browser_keeps(as_team, memo, ready):
    response = as_team.get(url("memo-page-picture", memo.pk, ready.pk, 2))

    assert response.content.startswith(b"\x89PNG")
    assert "immutable" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    again = as_team.get(
        url("memo-page-picture", memo.pk, ready.pk, 2),
        headers={"If-None-Match": response["ETag"]},
    )
    assert again.status_code == 304


@pytest.mark.parametrize("number", [0, 3])
def test_a_page_that_is_not_there_is_404(as_team, memo, ready, number):
    assert as_team.get(url("memo-page-picture", memo.pk, ready.pk, number)).status_code == 404


def test_the_annex_is_fetched_beside_the_pdf(as_team, memo, ready):
    response = as_team.get(url("memo-annex", memo.pk, ready.pk))

    assert response.content == b"PK"
    assert "poenggrunnlag.xlsx" in response["Content-Disposition"]


def test_versions_tell_who_when_and_what_changed(as_team, memo, ready, team_member):
    memo.sections.filter(key="summary").update(text="Noe annet.")
    actions.make_draft_file(memo, by=team_member)

    html = page(as_team.get(url("memo-versions", memo.pk)))

    assert "2 versjoner av notatet" in html
    assert "Tekst endret: Sammendrag." in html
    assert ready.sha256 in html
    assert ready.annex_sha256 in html
    assert str(team_member) in html


def test_two_versions_stand_side_by_side(as_team, memo, ready, team_member):
    memo.sections.filter(key="summary").update(text="Noe annet.")
    actions.make_draft_file(memo, by=team_member)

    html = page(as_team.get(url("memo-compare", memo.pk, 2)))

    assert "Fra versjon 1 til 2" in html
    assert "</ins>" in html
    assert as_team.get(url("memo-compare", memo.pk, 1)).status_code == 404


def test_versions_ask_as_many_questions_for_few_as_for_many(
    as_team, memo, ready, team_member, django_assert_num_queries
):
    address = url("memo-versions", memo.pk)
    with django_assert_num_queries(VERSIONS_QUERIES):
        page(as_team.get(address))
    for number in range(2, 5):
        MemoFile.objects.create(
            memo=memo, number=number, snapshot=ready.snapshot, requested_by=team_member
        )
    with django_assert_num_queries(VERSIONS_QUERIES):
        page(as_team.get(address))


def test_a_final_memo_comes_out_the_same_whatever_happens_afterwards(
    as_team, complete, team_member, today, scored
):
    file = actions.finalise(complete, by=team_member, on=today, at=timezone.now())
    file.refresh_from_db()
    before = _documents(file), _read(as_team, complete)

    scored.entries.update(score=1, breakdown={}, tie_break=0)
    for entry in scored.entries.all():
        type(entry.idea).objects.filter(pk=entry.idea_id).update(title="Byttet", estimated_cost=1)
    complete.round.participations.all().delete()
    RobustnessRun.objects.create(round=scored, top=1)
    Score.objects.all().delete()
    FinalAnswer.objects.all().delete()
    Memo.objects.update(part_order=["vedlegg"])

    file = MemoFile.objects.get(pk=file.pk)
    assert (_documents(file), _read(as_team, complete)) == before


def _read(client, memo: Memo) -> str:
    html = page(client.get(url("memo-read", memo.pk)))
    return html.partition("<article")[2].partition("</article>")[0]


def _documents(file: MemoFile) -> tuple[str, bytes]:
    """What the PDF is drawn from, and the annex."""
    html = exports.memo_html(file.snapshot, is_draft=False, chart="", matrix_chart="")
    return html, exports.memo_annex(file.snapshot, created_at=file.created_at)


def test_a_snapshot_of_the_first_format_is_still_shown(memo):
    old = composition.snapshot(Memo.objects.for_editing().get(pk=memo.pk))
    for newer in ("parts", "selection", "years", "sector_years", "sureness", "matrix", "basis"):
        del old[newer]
    for newer in ("groups", "agreed_answers", "agreed_ideas"):
        del old["numbers"][newer]
    old["format"] = 1

    shown = memo_document.context(old)
    html = exports.memo_html(old, is_draft=False, chart="", matrix_chart="")

    assert "sikkerhet" not in {part.slug for part in shown["document"]}
    assert "Hvor sikker er rekkefølgen" not in html
    assert "Budsjettåret" in html
