"""Every page with an example from the seeded demo, as JSON, for somebody who may see it.

Run beside the site, not in the tests: `python -m tests.e2e.addresses ROLE=EMAIL …` prints
`[{"name", "url", "role"}]`.
"""

import json
import sys
from dataclasses import replace
from typing import Any

import django

django.setup()

from django.db.models import Q  # noqa: E402
from django.urls import reverse  # noqa: E402

from annual.models import AnnualReport, AnnualReportFile, Audience, ClosedYear  # noqa: E402
from benefits.models import MeasuringRequest  # noqa: E402
from core import roles  # noqa: E402
from core.imports import stage  # noqa: E402
from core.models import StagedImport  # noqa: E402
from ideas.models import Idea, Merge, SavedFilter  # noqa: E402
from maturity import results  # noqa: E402
from maturity.models import (  # noqa: E402
    Area,
    Assessment,
    Benchmark,
    Measure,
    Report,
    Respondent,
    Revision,
)
from maturity.views import workbook  # noqa: E402
from maturity.workbook.reading import FilledArea  # noqa: E402
from maturity.workbook.writing import stored  # noqa: E402
from municipality.models import AnnualCycle, Sector, User  # noqa: E402
from prioritization.actions.criteria import copy_criteria  # noqa: E402
from prioritization.models import Entry, Memo, MemoFile, ProtocolFile, Round, ScoreLevel  # noqa: E402
from prioritization.views import workbook as score_workbook  # noqa: E402
from prioritization.workbook.reading import Filled  # noqa: E402
from projects.actions.method import copy_method as copy_project_method  # noqa: E402
from projects.models import (  # noqa: E402
    AgendaItem,
    Allocation,
    BoardMeetingStatus,
    CalendarFeed,
    ChangeRequest,
    Deviation,
    FreezePeriod,
    GateCase,
    Integration,
    Lesson,
    Method,
    Milestone,
    MinutesFile,
    Product,
    ProductStatus,
    ProductVersion,
    Project,
    ProjectLink,
    Reverification,
    Risk,
    RoleHolder,
    SavedView,
    Stakeholder,
    SystemUse,
    UserInvolvement,
)
from projects.organisation import LEADS  # noqa: E402
from tests.factories.benefits import MeasurementFactory, MeasuringRequestFactory  # noqa: E402
from tests.factories.benefits_portfolio import BenefitsPortfolioFileFactory  # noqa: E402
from tests.factories.board import ReverificationFactory  # noqa: E402
from tests.factories.core import held_mail  # noqa: E402
from tests.factories.gates import StageFactory  # noqa: E402
from tests.factories.ideas import (  # noqa: E402
    CommentFactory,
    SubscriptionFactory,
    idea_import,
    split_idea,
    staged_ideas,
)
from tests.factories.kommit import KommitImportFactory, staged_kommit  # noqa: E402
from tests.factories.maturity import (  # noqa: E402
    ReportFactory,
    filled_years,
    imported_year,
    shared_file,
)
from tests.factories.method import RoleHolderFactory  # noqa: E402
from tests.factories.portfolio import PortfolioFileFactory  # noqa: E402
from tests.factories.projects import ChangeRequestFactory  # noqa: E402
from tests.factories.realising import realising_of  # noqa: E402
from tests.factories.systems import staged_systems  # noqa: E402
from tests.pages import ADDRESSES, ANYBODY, Address, World  # noqa: E402
from workshops.models import Note, Workshop, WorkshopStatus  # noqa: E402

# A page is looked at as somebody for whom it is made; without log-in only when nobody else is.
WHO = (
    ANYBODY,
    roles.SECTOR_LEADER,
    roles.PROJECT_OWNER,
    roles.ICT_BOARD,
    roles.PROJECT_MANAGER,
    roles.MANAGEMENT,
    roles.DIGITALISATION_TEAM,
    roles.ADMINISTRATOR,
    roles.EMPLOYEE,
)
SPECIAL = {
    "my-page": roles.DIGITALISATION_TEAM,
    "prioritization:list": roles.DIGITALISATION_TEAM,
    "board:decide": roles.ICT_BOARD,
    "projects:tolerances": roles.PROJECT_OWNER,
    "projects:deviation": roles.PROJECT_OWNER,
    "ideas:inbox": roles.DIGITALISATION_TEAM,
    "systems:import-preview": roles.DIGITALISATION_TEAM,
    "benefits:kommit-preview": roles.DIGITALISATION_TEAM,
    "benefits:request-reassign": roles.DIGITALISATION_TEAM,
    "ideas:merge-done": roles.DIGITALISATION_TEAM,
    "ideas:merge-undo": roles.DIGITALISATION_TEAM,
}


def filled_form(sector: Sector) -> StagedImport:
    """The sector's form, with a level that is not stored: uploaded, and not yet confirmed."""
    assessment = Assessment.objects.of_sector(AnnualCycle.objects.current(), sector)
    answers = list(assessment.answers.with_guidance().prefetch_related("ticks"))
    areas = [
        FilledArea(
            code=answer.area.code,
            filled=replace(stored(answer), level=(answer.level or 0) % 5 + 1, ticks=frozenset()),
            version=answer.version,
            fingerprint="",
        )
        for answer in answers
    ]
    return stage(
        workbook.KIND,
        target=sector.code,
        payload={"areas": [area.as_json() for area in areas]},
        file_name="egenvurdering.xlsx",
        by=sector.leader,
    )


def filled_scores(scored: Round, *, by: User) -> StagedImport:
    """The leader's answers, each high and with a comment: uploaded, not yet confirmed."""
    answers = [
        Filled(entry.pk, question.pk, ScoreLevel.HIGH, "", "Skrevet på toget.", "")
        for entry in scored.entries.competing().in_order()[:3]
        for question in scored.ordered_questions()
    ]
    return stage(
        score_workbook.KIND,
        target=str(scored.pk),
        payload={"answers": [each.as_json() for each in answers]},
        file_name="poeng.xlsx",
        by=by,
    )


def lines_of(owner: User) -> dict[str, Any]:
    """What the owner's projects have in their plans and registers; the demo has one of each."""
    theirs = Q(project__owner=owner)
    return {
        "milestone": Milestone.objects.filter(theirs).first(),
        "allocation": Allocation.objects.filter(theirs).first(),
        "risk": Risk.objects.filter(theirs).first(),
        "stakeholder": Stakeholder.objects.filter(theirs).first(),
        "involvement": UserInvolvement.objects.filter(theirs).first(),
        "lesson": Lesson.objects.filter(theirs).first(),
        "system-use": SystemUse.objects.filter(theirs).first(),
        "link": ProjectLink.objects.filter(after__owner=owner).first(),
    }


def world(emails: dict[str, str]) -> World:
    sector = Sector.objects.get(leader__email=emails[roles.SECTOR_LEADER])
    team = User.objects.get(email=emails[roles.DIGITALISATION_TEAM])
    answer = sector.assessments.latest("cycle__year").answers.first()
    open_round = Round.objects.open().get()
    memo = Memo.objects.latest("dated_on")
    project = Project.objects.filter(
        owner__email=emails[roles.PROJECT_OWNER], manager__email=emails[roles.PROJECT_MANAGER]
    ).first()
    deviation = Deviation.objects.waiting().get(
        project__owner__email=emails[roles.PROJECT_OWNER],
        project__manager__email=emails[roles.PROJECT_MANAGER],
    )
    commented = Idea.objects.filter(
        project__benefits__indicators__measurements__isnull=False
    ).first()
    return World(
        idea=commented,
        waiting_idea=Idea.objects.in_inbox().filter(sector=sector, replies=None).first(),
        split_idea=split_idea(Idea.objects.in_inbox().filter(sector=sector).last(), by=team),
        merge=Merge.objects.standing().first(),
        saved_filter=SavedFilter.objects.get_or_create(user=team, name="Kart", query="q=kart")[0],
        saved_view=SavedView.objects.get_or_create(person=team, name="Røde", query="light=red")[0],
        portfolio_file=PortfolioFileFactory(requested_by=team),
        benefits_file=BenefitsPortfolioFileFactory(requested_by=team),
        calendar=CalendarFeed.objects.get_or_create(person=team)[0],
        attachment=None,  # a file is no page
        subscription=SubscriptionFactory(idea=commented),
        comment=CommentFactory(idea=commented),
        sector=sector,
        area=sector.assessments.latest("cycle__year").instrument.areas.first(),
        draft_area=Area.objects.filter(
            instrument__frozen_at=None, instrument__is_current=False
        ).first(),
        revision=Revision.objects.filter(assessment__sector=sector).latest("submitted_at"),
        member=Respondent.objects.filter(
            assessment__sector=sector, user=None, forgotten_at=None
        ).first(),
        measure=Measure.objects.filter(
            answer__assessment=sector.assessments.latest("cycle__year")
        ).first(),
        filled_form=filled_form(sector),
        filled_years=filled_years(answer, by=team),
        imported_year=imported_year(answer),
        measured_year=Assessment.objects.submitted().latest("cycle__year").cycle.year,
        changed_year=results.development(results.read(until=open_round.cycle.year)).breaks[-1].now,
        report=Report.objects.ready().first()
        or ReportFactory(cycle=Assessment.objects.submitted().latest("cycle__year").cycle),
        benchmark=Benchmark.objects.first(),
        held_mail=held_mail(),
        staged_ideas=staged_ideas(by=team),
        idea_import=idea_import(by=team),
        shared_file=shared_file(
            year=open_round.cycle.year,
            by=User.objects.get(email=emails[roles.DIGITALISATION_TEAM]),
        ),
        draft_criteria=copy_criteria(
            open_round.criteria_set, version="utkast", by=team
        ).criteria.first(),
        round=open_round,
        entry=Entry.objects.filter(round=open_round).first(),
        robustness_run=open_round.robustness_runs.without_content().ready().first(),
        filled_scores=filled_scores(open_round, by=sector.leader),
        scenario=open_round.scenarios.first(),
        draft_memo=memo,
        draft_item=memo.items.first(),
        memo=memo,
        undecided_item=memo.items.first(),
        told_decision=memo.items.first().decision,
        protocol=ProtocolFile.objects.filter(meeting__memo=memo).first(),
        memo_file=MemoFile.objects.without_content().filter(memo=memo).first(),
        project=project,
        status=deviation.report,
        deviation=deviation,
        lines={**lines_of(project.owner), **realising_of(project)},
        role_holder=RoleHolder.objects.filter(project=project).exclude(role__in=LEADS).first()
        or RoleHolderFactory(project=project),
        draft_template=copy_project_method(Method.objects.current(), version="utkast", by=team)
        .templates.filter(sections__isnull=False)
        .first(),
        draft_product=Product.objects.filter(status=ProductStatus.DRAFT).first(),
        product_version=ProductVersion.objects.get(number=2),
        waiting_product=Product.objects.to_approve().get(),
        benefit=project.benefits.first(),
        measurement=MeasurementFactory(benefit=project.benefits.first()),
        measurement_file=None,  # a file is no page
        measuring_request=MeasuringRequest.objects.waiting().first()
        or MeasuringRequestFactory(indicator=project.benefits.first().main),
        gate_case=GateCase.objects.waiting().filter(gate="BP2").get(),
        checklist_item=project.method.checklist.first(),
        stage=StageFactory(project=project),
        system=Integration.objects.first().source,
        integration=Integration.objects.order_by("pk").first(),
        freeze=FreezePeriod.objects.first(),
        staged_systems=staged_systems(by=team),
        staged_kommit=staged_kommit(project, by=team),
        kommit_import=KommitImportFactory(project=project, by=team),
        change_request=ChangeRequest.objects.waiting().filter(project=project).first()
        or ChangeRequestFactory(project=project, requested_by=project.owner),
        board_case=AgendaItem.objects.filter(meeting__status=BoardMeetingStatus.OPEN).first()
        or AgendaItem.objects.filter(outcome="").first(),
        board_recusal=None,  # taken back by POST
        minutes=MinutesFile.objects.without_content().first(),
        reverification=Reverification.objects.filter(
            change_request__project=project, done_at=None
        ).first()
        or ReverificationFactory(change_request__project=project),
        closed_year=ClosedYear.objects.standing().select_related("cycle").latest("cycle__year"),
        annual_report=AnnualReport.objects.for_everybody().first(),
        management_report_file=AnnualReportFile.objects.filter(
            is_published=True, report__audience=Audience.MANAGEMENT
        ).first(),
        workshop=Workshop.objects.filter(sector=sector, status=WorkshopStatus.READY).first(),
        workshop_note=Note.objects.filter(
            question__workshop__sector=sector, cluster__isnull=False
        ).first(),
    )


def role_for(name: str, address: Address) -> str:
    return SPECIAL.get(name) or next(role for role in WHO if role in address.may)


def main(arguments: list[str]) -> None:
    seeded = world(dict(argument.split("=", 1) for argument in arguments))
    pages = [
        {
            "name": name,
            "url": reverse(name, kwargs=address.example(seeded)) + address.query,
            "role": role_for(name, address),
        }
        for name, address in ADDRESSES.items()
        if address.is_page and not address.only_post
    ]
    json.dump(pages, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
