"""Who gets in where: every address × every role and no log-in, against the table in pages.py."""

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpRequest, HttpResponseForbidden
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from zeal import zeal_ignore

from annual.models import Audience
from core import health, roles
from core.imports import stage
from ideas.models import IdeaStatus, SavedFilter
from maturity.models import AssessmentStatus
from maturity.views import workbook
from municipality.models import Municipality, User
from prioritization.memo import snapshot
from prioritization.models import FileStatus, Memo, MemoFile, MemoStatus, Stage
from prioritization.views import workbook as score_workbook
from projects.models import BoardMeetingStatus, BoardRecusal, CalendarFeed, Project, SavedView
from projects.reporting import asked_for
from tests.factories.annual import ClosedYearFactory
from tests.factories.annual_reports import AnnualReportFactory, AnnualReportFileFactory
from tests.factories.benefits import (
    BenefitFactory,
    MeasurementFactory,
    MeasurementFileFactory,
    MeasuringRequestFactory,
)
from tests.factories.benefits_portfolio import BenefitsPortfolioFileFactory
from tests.factories.board import (
    AgendaItemFactory,
    MinutesFileFactory,
    ReverificationFactory,
)
from tests.factories.core import held_mail
from tests.factories.decisions import DecisionFactory, ProtocolFileFactory
from tests.factories.gates import GateCaseFactory, StageFactory, make_method
from tests.factories.ideas import (
    AttachmentFactory,
    CommentFactory,
    IdeaFactory,
    SubscriptionFactory,
    idea_import,
    merge_ideas,
    split_idea,
    staged_ideas,
)
from tests.factories.kommit import KommitImportFactory, staged_kommit
from tests.factories.maturity import (
    AnswerFactory,
    AreaFactory,
    AssessmentFactory,
    BenchmarkFactory,
    MeasureFactory,
    MeasurementRoundFactory,
    ReportFactory,
    RespondentFactory,
    RevisionFactory,
    draw_indicators,
    filled_years,
    imported_year,
    shared_file,
    year_after_a_change,
)
from tests.factories.method import RoleHolderFactory, small_method
from tests.factories.municipality import CycleFactory, SectorFactory, UserFactory
from tests.factories.portfolio import PortfolioFileFactory
from tests.factories.prioritization import (
    CriteriaSetFactory,
    EntryFactory,
    MemoFactory,
    MemoItemFactory,
    RobustnessRunFactory,
    RoundFactory,
    ScenarioFactory,
)
from tests.factories.products import documented_project
from tests.factories.projects import ChangeRequestFactory, ProjectFactory
from tests.factories.realising import realising_of
from tests.factories.registers import one_of_each
from tests.factories.reports import (
    DeviationFactory,
    ReportingProjectFactory,
    report_file,
    sent_report,
)
from tests.factories.systems import FreezePeriodFactory, IntegrationFactory, staged_systems
from tests.factories.workshops import ClusterFactory, NoteFactory, open_workshop
from tests.pages import ADDRESSES, ANYBODY, EVERYBODY, Address, World


def addresses(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """The full names of all patterns. The admin is Django's own and is asked about apart."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        elif pattern.namespace != "admin":
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern, inner)


def test_every_address_stands_in_the_table():
    assert sorted(set(addresses(get_resolver()))) == sorted(ADDRESSES)


def _people() -> dict[str, User | None]:
    made = {}
    for role in roles.ALL:
        made[role] = UserFactory(name=role.capitalize(), is_staff=role == roles.ADMINISTRATOR)
        made[role].groups.add(Group.objects.get_or_create(name=role)[0])
    return {ANYBODY: None, **made}


@pytest.fixture(scope="module")
def everything(django_db_setup, django_db_blocker) -> Iterator[tuple[dict, World]]:
    """One of each thing and who is logged in, made once: each test undoes what it did to them."""
    with django_db_blocker.unblock(), transaction.atomic():
        people = _people()
        yield {role: _cookie(user) for role, user in people.items()}, _world(people)
        transaction.set_rollback(True)


def _cookie(user: User | None) -> str:
    client = Client()
    if user:
        client.force_login(user)
    morsel = client.cookies.get(settings.SESSION_COOKIE_NAME)
    return morsel.value if morsel else ""


@pytest.fixture
def visitors(everything, db) -> dict[str, Client]:
    """A browser for each role, and one that is not logged in."""
    browsers = {role: Client() for role in everything[0]}
    for role, cookie in everything[0].items():
        if cookie:
            browsers[role].cookies[settings.SESSION_COOKIE_NAME] = cookie
    return browsers


@pytest.fixture
def world(everything, db) -> World:
    return everything[1]


def _world(people: dict[str, User | None]) -> World:
    today = timezone.localdate()
    cycle = CycleFactory(open=True)
    sector = SectorFactory(leader=people[roles.SECTOR_LEADER])
    area = AreaFactory(instrument__is_current=True)
    MeasurementRoundFactory(cycle=cycle, instrument=area.instrument)
    answer = AnswerFactory(
        assessment=AssessmentFactory(cycle=cycle, sector=sector, instrument=area.instrument),
        area=area,
    )
    RespondentFactory(assessment=answer.assessment, user=people[roles.SECTOR_LEADER])
    idea = IdeaFactory(
        cycle=cycle, status=IdeaStatus.FORWARDED, published_at=timezone.now(), sector=sector
    )
    last_year = CycleFactory(year=cycle.year - 1, is_current=False, open=True)
    AnswerFactory(
        assessment=AssessmentFactory(
            cycle=last_year,
            instrument=area.instrument,
            status=AssessmentStatus.SUBMITTED,
            submitted_at=timezone.now(),
            submitted_by=people[roles.SECTOR_LEADER],
        ),
        area=area,
        level=3,
        reason="Vi har en plan.",
    )
    entry = EntryFactory(
        round__cycle=cycle, idea=idea, round__closes_on=today + dt.timedelta(days=5)
    )
    entry.round.participations.create(user=people[roles.SECTOR_LEADER])
    draft = MemoFactory(round=entry.round)
    earlier = RoundFactory(
        cycle=last_year,
        criteria_set=CriteriaSetFactory(stage=Stage.SCREENING),
    )
    memo = MemoFactory(
        round=earlier,
        status=MemoStatus.FINAL,
        finalised_at=timezone.now(),
        finalised_by=UserFactory(),
    )
    Municipality.objects.create(pk=1, logo=b"<svg/>", logo_type="image/svg+xml")
    project = ProjectFactory(
        idea=IdeaFactory(cycle=cycle, published_at=timezone.now()),
        owner=people[roles.PROJECT_OWNER],
        manager=people[roles.PROJECT_MANAGER],
        sector=sector,
    )
    undecided = MemoItemFactory(memo=memo)
    told = DecisionFactory(
        meeting__memo__status=MemoStatus.FINAL,
        meeting__memo__finalised_at=timezone.now(),
        meeting__memo__finalised_by=UserFactory(),
        meeting__memo__round__cycle=last_year,
        meeting__memo__round__stage=Stage.FURTHER,
        published_at=timezone.now(),
    )
    draw_indicators(last_year)
    product_version, waiting_product = documented_project(
        people[roles.PROJECT_OWNER], people[roles.PROJECT_MANAGER]
    )
    workshop = open_workshop(sector=sector)
    board_case = AgendaItemFactory(
        meeting__status=BoardMeetingStatus.OPEN, change_request__project=project
    )
    team = people[roles.DIGITALISATION_TEAM]
    integration = IntegrationFactory()
    status = sent_report(
        ReportingProjectFactory(
            owner=people[roles.PROJECT_OWNER], manager=people[roles.PROJECT_MANAGER]
        ),
        asked_for(today),
    )
    report_file(status)
    return World(
        idea=idea,
        waiting_idea=IdeaFactory(cycle=cycle, sector=sector),
        split_idea=split_idea(IdeaFactory(cycle=cycle, sector=sector), by=team),
        merge=merge_ideas(IdeaFactory(cycle=cycle, sector=sector), idea, by=team),
        saved_filter=SavedFilter.objects.create(user=team, name="Kart", query="q=kart"),
        saved_view=SavedView.objects.create(person=team, name="Røde", query="light=red"),
        portfolio_file=PortfolioFileFactory(requested_by=team),
        benefits_file=BenefitsPortfolioFileFactory(requested_by=team),
        calendar=CalendarFeed.objects.create(person=team),
        attachment=AttachmentFactory(idea=idea, is_public=True),
        subscription=SubscriptionFactory(idea=idea),
        comment=CommentFactory(idea=idea),
        sector=sector,
        area=area,
        draft_area=AreaFactory(instrument__based_on=area.instrument),
        revision=RevisionFactory(
            assessment=AssessmentFactory(cycle=last_year, sector=sector, instrument=area.instrument)
        ),
        member=RespondentFactory(assessment=answer.assessment),
        measure=MeasureFactory(answer=answer),
        filled_form=stage(
            workbook.KIND,
            target=sector.code,
            payload={"areas": []},
            file_name="skjema.xlsx",
            by=people[roles.SECTOR_LEADER],
        ),
        filled_years=filled_years(answer, by=people[roles.DIGITALISATION_TEAM]),
        imported_year=imported_year(answer),
        measured_year=last_year.year,
        changed_year=year_after_a_change(answer),
        report=ReportFactory(cycle=last_year),
        closed_year=ClosedYearFactory(cycle__year=cycle.year - 7),
        benchmark=BenchmarkFactory(),
        shared_file=shared_file(year=last_year.year, by=people[roles.DIGITALISATION_TEAM]),
        held_mail=held_mail(),
        staged_ideas=staged_ideas(by=team),
        idea_import=idea_import(by=team),
        draft_criteria=CriteriaSetFactory().criteria.first(),
        round=entry.round,
        entry=entry,
        robustness_run=RobustnessRunFactory(round=entry.round),
        filled_scores=stage(
            score_workbook.KIND,
            target=str(entry.round_id),
            payload={"answers": []},
            file_name="poeng.xlsx",
            by=people[roles.SECTOR_LEADER],
        ),
        scenario=ScenarioFactory(round=entry.round),
        draft_memo=draft,
        draft_item=MemoItemFactory(memo=draft, entry=entry),
        memo=memo,
        undecided_item=undecided,
        told_decision=told,
        protocol=ProtocolFileFactory(meeting=told.meeting),
        memo_file=_ready_file(memo),
        project=project,
        lines={**one_of_each(project), **realising_of(project)},
        status=status,
        deviation=DeviationFactory(project=status.project, report=status),
        role_holder=RoleHolderFactory(project=project),
        draft_template=small_method().templates.get(),
        draft_product=product_version.product,
        product_version=product_version,
        waiting_product=waiting_product,
        **_measured_benefit(project, owner=people[roles.PROJECT_OWNER]),
        gate_case=GateCaseFactory(project=project),
        checklist_item=make_method().checklist.first(),
        stage=StageFactory(project=project),
        system=integration.source,
        integration=integration,
        freeze=FreezePeriodFactory(),
        staged_systems=staged_systems(by=team),
        staged_kommit=staged_kommit(project, by=team),
        kommit_import=KommitImportFactory(project=project),
        change_request=ChangeRequestFactory(project=project),
        board_case=board_case,
        board_recusal=BoardRecusal.objects.create(
            item=board_case, member=people[roles.ICT_BOARD], reason="Leder prosjektet."
        ),
        minutes=MinutesFileFactory(),
        reverification=ReverificationFactory(change_request__project=project),
        annual_report=AnnualReportFileFactory(
            report=AnnualReportFactory(cycle=last_year, is_published=True)
        ).report,
        management_report_file=AnnualReportFileFactory(
            report=AnnualReportFactory(
                cycle=last_year, audience=Audience.MANAGEMENT, is_published=True
            )
        ),
        workshop=workshop,
        workshop_note=NoteFactory(
            question=workshop.current_question,
            cluster=ClusterFactory(question=workshop.current_question),
        ),
    )


@pytest.fixture
def workers_answer(monkeypatch):
    """Broker and worker are asked about in the journeys; here there are none."""
    monkeypatch.setattr(health, "broker", lambda: True)
    monkeypatch.setattr(health, "worker", lambda: True)


@pytest.fixture
def no_is_said_briefly(monkeypatch):
    """Half of the answers here are no. How the page that says it looks is asked about elsewhere."""
    monkeypatch.setattr("gjovik_digi.urls.handler403", _no, raising=False)


def _no(request: HttpRequest, exception: Exception) -> HttpResponseForbidden:
    return HttpResponseForbidden()


def _ready_file(memo) -> MemoFile:
    """The final version, after a draft."""
    shown = snapshot(Memo.objects.for_editing().get(pk=memo.pk))
    MemoFile.objects.create(memo=memo, number=1, snapshot=shown, requested_by=memo.finalised_by)
    content = _one_page()
    return MemoFile.objects.create(
        memo=memo,
        number=2,
        is_draft=False,
        status=FileStatus.READY,
        snapshot=shown,
        content=content,
        size=len(content),
        sha256="0" * 64,
        pages=1,
        annex=b"PK",
        annex_sha256="1" * 64,
        requested_by=memo.finalised_by,
    )


def _measured_benefit(project: Project, *, owner: User) -> dict[str, Any]:
    """Measured once, and its owner is asked for the next number."""
    benefit = BenefitFactory(project=project, owner=owner)
    measurement = MeasurementFactory(benefit=benefit, measured_by=owner)
    return {
        "benefit": benefit,
        "measurement": measurement,
        "measurement_file": MeasurementFileFactory(measurement=measurement, added_by=owner),
        "measuring_request": MeasuringRequestFactory(indicator=benefit.main),
    }


def _one_page() -> bytes:
    document, written = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(595, 842)
    document.save(written)
    document.close()
    return written.getvalue()


def _answer(client: Client, url: str, method: str) -> str | None:
    """«in», «log in» or «no»; None when the address does not know the method."""
    with zeal_ignore():  # many requests here are one request each
        response = client.generic(method, url)
    if response.status_code == 405:
        return None
    if response.status_code == 403:
        return "no"
    if response.status_code == 302 and response.url.startswith(f"{reverse('account_login')}?"):
        return "log in"
    if method == "GET":
        assert response.status_code in {200, 302}, url
    assert response.status_code < 500, url
    return "in"


def _expected(address: Address, role: str, method: str) -> str:
    may_post = address.may if address.may_post is None else address.may_post
    if role in (may_post if method == "POST" else address.may):
        return "in"
    return "log in" if role == ANYBODY else "no"


@pytest.mark.parametrize("name", ADDRESSES)
def test_who_gets_in(name, world, visitors, workers_answer, no_is_said_briefly):
    address = ADDRESSES[name]
    url = reverse(name, kwargs=address.example(world)) + address.query
    methods = ["POST"] if address.only_post else ["GET", "POST"]

    got, expected = {}, {}
    for role, client in visitors.items():
        for method in methods:
            if method == "POST" and address.may == EVERYBODY and not address.only_post:
                continue  # open to all: GET tells
            answer = _answer(client, url, method)
            if answer is not None:
                got[role, method] = answer
                expected[role, method] = _expected(address, role, method)

    assert got
    assert got == expected


@pytest.mark.parametrize("role", [ANYBODY, *roles.ALL])
def test_only_the_administrator_gets_into_the_administration(role, visitors):
    status = visitors[role].get(reverse("admin:index")).status_code

    assert status == (200 if role == roles.ADMINISTRATOR else 302)
