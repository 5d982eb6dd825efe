"""Numbers of an indicator: how far they bring it, what is withdrawn, and who hears of it."""

import datetime as dt
import io
import uuid
from decimal import Decimal

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from benefits import actions
from benefits.charts import MARKS, PROMISED, Point, benefit_chart, text_alternative
from benefits.measuring_words import progress_sentence
from benefits.models import BenefitState, Measurement, MeasurementFile, MeasuringRequest
from core.models import Chart, OutgoingMail
from ideas.models import IdeaContact
from tests.factories.benefits import (
    BenefitFactory,
    IndicatorFactory,
    MeasurementFactory,
    MeasurementFileFactory,
    MeasuringRequestFactory,
)


@pytest.mark.parametrize(
    ("progress", "said"),
    [
        (None, "ikke definert"),
        ("0", "det samme som nullpunktet"),
        ("-0.25", "lenger fra målet enn nullpunktet: −25\u00a0%"),
        ("0.75", "75\u00a0% av veien er gått."),
        ("1", "Målet er nådd."),
        ("1.25", "Målet er nådd, og mer til: 125\u00a0%"),
    ],
)
def test_how_far_it_has_come_in_words(progress, said):
    assert said in progress_sentence(None if progress is None else Decimal(progress))


def _chart(**changed):
    points = [Point(dt.date(2026, 5, 1), 22, evidence) for evidence in MARKS]
    return benefit_chart(
        unit="minutter",
        baseline=Point(dt.date(2026, 1, 1), 38),
        target=Point(dt.date(2026, 12, 1), 10),
        measurements=points,
        **changed,
    )


def test_the_chart_draws_each_kind_of_evidence_its_own_way():
    series = [layer for layer in _chart()["layer"] if layer["mark"]["type"] == "point"]

    drawn = {layer["encoding"]["shape"]["datum"]: layer["encoding"] for layer in series}
    fills = dict(zip(MARKS.values(), drawn["Målt"]["fill"]["scale"]["range"], strict=False))
    dashes = drawn["Målt"]["strokeDash"]["scale"]["range"]
    assert list(drawn) == ["Målt", "Anslått", "Skjønn"]
    assert fills["Målt"] != fills["Anslått"] == fills["Skjønn"]
    assert dashes[1] != dashes[2]


def test_the_dotted_line_is_the_plan_that_was_promised():
    promised = Point(dt.date(2026, 9, 1), 12)

    chart = _chart(promised=promised)

    line = chart["layer"][0]["data"]["values"][-1]["value"]
    assert line == 12
    assert PROMISED in str(chart)
    assert PROMISED not in str(_chart())


def test_the_words_of_the_chart_tell_how_sure_it_is():
    points = [Point(dt.date(2026, 5, 1), 22), Point(dt.date(2026, 9, 1), 17, "judged")]

    said = text_alternative(
        unit="minutter",
        baseline=Point(dt.date(2026, 1, 1), 38),
        target=Point(dt.date(2026, 12, 1), 10),
        measurements=points,
    )

    assert "Fra 38\u00a0minutter til 17\u00a0minutter." in said
    assert "Én av to tall er anslått eller satt ved skjønn." in said


@pytest.fixture
def benefit(db, today):
    benefit = BenefitFactory(
        unit="minutter",
        baseline=38,
        baseline_on=today - dt.timedelta(days=100),
        target=10,
        target_on=today + dt.timedelta(days=100),
        next_measurement_on=today,
    )
    IdeaContact.objects.create(
        idea=benefit.project.idea, email="kari@innbygger.example", delete_on=today
    )
    return benefit


def measure(indicator, value, *, on, days_ago=0):
    return actions.register_measurement(
        indicator,
        value=Decimal(value),
        measured_on=on - dt.timedelta(days=days_ago),
        submission_key=uuid.uuid4(),
        by=indicator.benefit.owner,
        on=on,
    )


def _told() -> list[str]:
    mails = OutgoingMail.objects.filter(to="kari@innbygger.example").order_by("pk")
    return [mail.subject.split(":")[0] for mail in mails]


def test_the_sender_hears_of_the_first_number_and_of_the_target_once_each(benefit, today):
    for days_ago, value in ((40, "22"), (30, "17"), (20, "10"), (10, "15"), (0, "9")):
        measure(benefit.main, value, on=today, days_ago=days_ago)

    assert _told() == ["Ideen din er målt", "Målet er nådd"]


def test_a_first_number_at_the_target_is_told_once(benefit, today):
    measure(benefit.main, "8", on=today)

    assert _told() == ["Ideen din er målt"]
    assert "Målet er nådd" in OutgoingMail.objects.get().body


def test_another_indicator_is_not_told_of(benefit, today):
    extra = IndicatorFactory(benefit=benefit, baseline_on=today)

    measure(extra, "5", on=today)

    assert _told() == []


def test_nobody_is_congratulated_with_a_disbenefit(benefit, today):
    benefit.is_disbenefit = True
    benefit.save()

    measure(benefit.main, "8", on=today)

    assert _told() == []


def test_a_withdrawn_number_does_not_count_and_its_day_is_due_again(benefit, today):
    request = MeasuringRequestFactory(indicator=benefit.main)
    wrong = measure(benefit.main, "50", on=today)
    due = benefit.main.next_measurement_on

    actions.withdraw_measurement(wrong, reason="Feil enhet.", by=benefit.owner, at=timezone.now())

    benefit.main.refresh_from_db()
    request.refresh_from_db()
    assert benefit.main.state == BenefitState.NOT_MEASURED
    assert benefit.main.latest_value is None
    assert benefit.main.next_measurement_on <= due
    assert request.revoked_at is not None
    assert not Chart.objects.exists()


def test_a_withdrawal_is_undone(benefit, today):
    measure(benefit.main, "20", on=today, days_ago=50)
    number = measure(benefit.main, "17", on=today)
    due_after = type(benefit.main).objects.get().next_measurement_on
    by, at = benefit.owner, timezone.now()

    actions.withdraw_measurement(number, reason="Feil.", by=by, at=at)
    assert type(benefit.main).objects.get().latest_value == 20
    actions.restore_measurement(number, by=by)

    benefit.main.refresh_from_db()
    assert benefit.main.latest_value == 17
    assert benefit.main.next_measurement_on == due_after


def test_after_a_withdrawal_the_number_can_be_asked_for_again(benefit, today):
    actions.ask_for_measurements(on=today)
    wrong = measure(benefit.main, "50", on=today)
    actions.withdraw_measurement(wrong, reason="Feil.", by=benefit.owner, at=timezone.now())

    actions.ask_for_measurements(on=today)

    assert MeasuringRequest.objects.waiting().count() == 1


def _form(**changed):
    today = timezone.localdate().isoformat()
    filled = {"value": "17", "evidence": "measured", "measured_on": today}
    return filled | {"submission_key": uuid.uuid4()} | changed


def test_a_file_is_kept_and_given_only_to_those_inside(client, benefit, manager):
    picture = SimpleUploadedFile("teller.pdf", _one_page(), content_type="application/pdf")
    client.force_login(benefit.owner)

    client.post(reverse("benefits:measure", args=[benefit.pk]), _form(files=picture))

    file = MeasurementFile.objects.get()
    url = reverse("benefits:measurement-file", args=[file.pk])
    client.logout()
    assert client.get(url).status_code == 302
    client.force_login(manager)
    answer = client.get(url)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "teller.pdf" in client.get(benefit.get_absolute_url()).content.decode()


def _one_page() -> bytes:
    document, written = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(595, 842)
    document.save(written)
    document.close()
    return written.getvalue()


def test_files_that_were_not_taken_are_asked_for_again(client, benefit):
    picture = SimpleUploadedFile("teller.pdf", _one_page(), content_type="application/pdf")
    client.force_login(benefit.owner)

    page = client.post(
        reverse("benefits:measure", args=[benefit.pk]), _form(value="sytten", files=picture)
    ).content.decode()

    assert "Velg filene på nytt. De ble ikke med." in page


def test_all_see_a_withdrawn_number_with_its_reason_and_only_insiders_who_measured(
    client, benefit, manager
):
    number = MeasurementFactory(benefit=benefit, value=50, measured_by=benefit.owner)
    MeasurementFactory(benefit=benefit, value=17, comment="Alle soner er i gang.")
    actions.withdraw_measurement(number, reason="Feil enhet.", by=benefit.owner, at=timezone.now())

    public = client.get(benefit.get_absolute_url()).content.decode()
    client.force_login(manager)
    inside = client.get(benefit.get_absolute_url()).content.decode()

    assert "<s>50</s>" in public
    assert "Feil enhet." in public
    assert str(benefit.owner) not in public
    assert str(benefit.owner) in inside


@pytest.mark.parametrize("count", [1, 4])
def test_the_table_reads_as_often_for_four_as_for_one(benefit, count, django_assert_num_queries):
    for _number in range(count):
        MeasurementFileFactory(measurement=MeasurementFactory(benefit=benefit))

    with django_assert_num_queries(2):
        rows = list(benefit.main.measurements.for_table())
        assert all(row.shown_files and str(row.measured_by) for row in rows)


def test_the_owner_withdraws_and_undoes(client, benefit):
    number = MeasurementFactory(benefit=benefit, value=50)
    client.force_login(benefit.owner)
    url = reverse("benefits:withdraw", args=[number.pk])
    assert "Skriv hva som er galt." in client.post(url, {"reason": ""}).content.decode()

    client.post(url, {"reason": "Feil enhet."})
    assert Measurement.objects.standing().count() == 0
    client.post(reverse("benefits:restore", args=[number.pk]))

    assert Measurement.objects.standing().get() == number
