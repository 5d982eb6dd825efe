import hashlib
import io

import page
import pikepdf
import pytest
from django.db import IntegrityError
from django.utils import timezone

from core import made_files
from core.errors import ActionRefused
from prioritization import memo_actions as actions
from prioritization import memo_making as making
from prioritization.models import FileStatus, MemoFile
from tests.factories.maturity import AnswerFactory, AreaFactory, AssessmentFactory

NASTY = (
    "<script>alert(1)</script> & «sitat» æøå áčđŋšŧž 😀 中文 → ⅓\r\n\r\n"
    "Énsværtlangtordsomaldritarslutt" * 8 + "\x0b"
)
BENEFITS = [
    {
        "name": "Familier som ikke møter",
        "project": "SMS dagen før",
        "unit": "%",
        "baseline": "9.4",
        "target": "5",
        "latest": "5.8",
        "progress": 0.8182,
    },
    {
        "name": "Svartid <i>nå</i>",
        "project": "Klart språk",
        "unit": "dager",
        "baseline": "17",
        "target": "10",
        "latest": None,
        "progress": None,
    },
]


def failures(content: bytes) -> list[str]:
    reports = [page.validate_pdf_bytes(content, profile=profile) for profile in ("2a", "ua1")]
    return [f"{finding.rule_id} {finding.message}" for one in reports for finding in one.failures]


def text_of(content: bytes) -> str:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return str(pdf.open_metadata().get("dc:title"))


def answer_maturity(memo, by) -> None:
    assessment = AssessmentFactory(
        cycle=memo.round.cycle,
        status="submitted",
        submitted_at=timezone.now(),
        submitted_by=by,
    )
    for level in (2, 3, 4):
        area = AreaFactory(instrument=assessment.instrument)
        AnswerFactory(assessment=assessment, area=area, level=level, reason="Slik er det.")


@pytest.fixture
def file(memo, team_member) -> MemoFile:
    return actions.make_draft_file(memo, by=team_member)


def spoil(file: MemoFile) -> dict:
    """Take something away that the pages need, so that the making fails half-way."""
    whole = file.snapshot
    broken = {key: value for key, value in whole.items() if key != "sections"}
    MemoFile.objects.filter(pk=file.pk).update(snapshot=broken)
    file.refresh_from_db()
    return whole


def test_make_keeps_bytes_size_and_checksum(file):
    making.make(file)

    made = MemoFile.objects.get()
    content = bytes(made.content)
    assert (made.status, made.step, made.attempts) == (FileStatus.READY, made_files.STEPS, 1)
    assert content.startswith(b"%PDF-")
    assert made.size == len(content)
    assert made.sha256 == hashlib.sha256(content).hexdigest()
    assert made.finished_at is not None


def test_make_leaves_alone_what_another_worker_has(file):
    MemoFile.objects.update(status=FileStatus.MAKING, started_at=timezone.now())

    making.make(file)

    assert MemoFile.objects.get().status == FileStatus.MAKING


def test_make_fails_with_a_plain_message_and_succeeds_when_tried_again(file, team_member):
    whole = spoil(file)

    making.make(file)

    failed = MemoFile.objects.get()
    assert failed.status == FileStatus.FAILED
    assert failed.error == (
        "Noe gikk galt hos oss da PDF-en ble laget. Teksten i notatet er lagret."
    )
    assert failed.content is None

    MemoFile.objects.update(snapshot=whole)
    failed.refresh_from_db()
    actions.try_again(failed, by=team_member)
    making.make(failed)

    assert MemoFile.objects.get().status == FileStatus.READY


def test_a_worker_that_fails_late_does_not_undo_what_another_finished(file):
    spoil(file)
    made_files.take(file)
    MemoFile.objects.update(status=FileStatus.QUEUED)

    made_files.fail(file, "For sent")

    assert MemoFile.objects.get().status == FileStatus.QUEUED


def test_a_worker_that_finishes_late_does_not_write_over_the_other(file):
    making.make(file)
    first = MemoFile.objects.get().sha256

    with pytest.raises(ActionRefused):
        made_files.keep(file, made_files.Made(b"noe annet"))

    assert MemoFile.objects.get().sha256 == first


def test_the_database_keeps_a_ready_file_as_it_was(file):
    making.make(file)

    with pytest.raises(IntegrityError, match="is kept as it was"):
        MemoFile.objects.update(sha256="0" * 64)


@pytest.mark.parametrize("is_draft", [True, False], ids=["draft", "final"])
def test_the_memo_is_pdf_a_2a_and_pdf_ua_1(complete, team_member, today, is_draft):
    answer_maturity(complete, team_member)
    complete.benefits_last_year = BENEFITS
    complete.title = "Prosjekter & <b>planer</b> for 2027 😀"
    complete.save()
    complete.sections.update(text=NASTY)
    complete.items.update(text=NASTY, benefit="<i>" + "ø" * 90, risk=NASTY)
    if is_draft:
        file = actions.make_draft_file(complete, by=team_member)
    else:
        file = actions.finalise(complete, by=team_member, on=today, at=timezone.now())

    making.make(file)

    file.refresh_from_db()
    assert file.error == ""
    assert failures(bytes(file.content)) == []
    assert text_of(bytes(file.content)) == complete.title
