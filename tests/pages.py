"""Every address, and who may use it. The access policy as a table.

`test_access.py` asks every role about every row; the accessibility test opens every page in a
browser as the first role that may see it. An address that is not here fails.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benefits import links as measuring_links
from core import roles
from maturity import links
from projects.reporting import month_after

ANYBODY = "without log-in"
EVERYBODY = frozenset({ANYBODY, *roles.ALL})
MEMBERS = frozenset(roles.ALL)
TEAM = frozenset({roles.DIGITALISATION_TEAM})
LEADER = frozenset({roles.SECTOR_LEADER})
OWNER = frozenset({roles.PROJECT_OWNER})
MANAGER = frozenset({roles.PROJECT_MANAGER})
MANAGEMENT = frozenset({roles.MANAGEMENT})
BOARD = frozenset({roles.ICT_BOARD})
ADMINISTRATOR = frozenset({roles.ADMINISTRATOR})
PORTFOLIO = TEAM | LEADER | MANAGEMENT | BOARD | OWNER | MANAGER


@dataclass(frozen=True)
class World:
    """One of each thing that addresses name."""

    idea: Any  # published, in the open round
    waiting_idea: Any  # in the inbox, of the sector leader's sector
    split_idea: Any  # parted in two, of the same sector
    merge: Any  # of an idea of the same sector
    saved_filter: Any  # a search in the inbox, kept by somebody of the team
    attachment: Any  # of the published idea, for everybody
    subscription: Any  # to that idea, confirmed
    comment: Any  # on that idea, waiting to be read
    sector: Any  # led by the sector leader
    area: Any  # of the maturity instrument
    draft_area: Any  # of a version of it that is not in use
    revision: Any  # of that sector's assessment
    member: Any  # of the sector's leadership group, with a personal link
    measure: Any  # in that area, of the sector
    filled_form: Any  # the sector's workbook, uploaded by its leader
    filled_years: Any  # a workbook of an earlier year, uploaded by the team
    imported_year: int  # one that was read in before
    measured_year: Any  # somebody has submitted in it
    changed_year: int  # measured with other questions than the year before
    report: Any  # of the maturity in a year, ready
    closed_year: Any  # an earlier one, with what was frozen of it
    benchmark: Any  # another municipality's measurement
    shared_file: Any  # another municipality's file, uploaded by the team
    held_mail: Any  # in the outbox, to be read before it goes
    staged_ideas: Any  # a workbook of ideas, uploaded by the team
    idea_import: Any  # ideas that were read in, and not handled
    draft_criteria: Any  # a criterion of a version that no round has used
    round: Any  # open; the sector leader scores in it
    entry: Any  # in that round
    filled_scores: Any  # a workbook of answers in it, uploaded by the sector leader
    robustness_run: Any  # of that round, ready
    scenario: Any  # of what fits, in that round
    draft_memo: Any  # of that round
    draft_item: Any
    memo: Any  # final, of the year before
    undecided_item: Any  # in that memo
    told_decision: Any  # in another memo, published
    protocol: Any  # of the meeting where that was decided, ready
    memo_file: Any  # of that memo, ready
    project: Any  # with the project owner and the project manager
    lines: dict[str, Any]  # one of each kind in its plan and registers
    status: Any  # sent last month, of a project with both of them, with its PDF
    deviation: Any  # of that project, waiting for its owner
    role_holder: Any  # in that project, beside the three that answer for it
    draft_template: Any  # a product of a version of the method that no project has
    draft_product: Any  # a document that is written on, of a project with both of them
    product_version: Any  # the second of a document of the same project, with a ready file
    waiting_product: Any  # a document of the same project that waits for its owner
    benefit: Any  # of that project
    measurement: Any  # of that benefit
    measurement_file: Any  # with that measurement
    measuring_request: Any  # about that benefit, not answered
    staged_kommit: Any  # a workbook of benefits for that project, uploaded by the team
    kommit_import: Any  # one that was taken into that project
    gate_case: Any  # of that project, waiting for management
    checklist_item: Any  # of that project's method
    stage: Any  # the first delfase of that project
    change_request: Any  # from that project, waiting
    system: Any  # in the register
    integration: Any  # out of that system
    freeze: Any  # a period of it
    staged_systems: Any  # a workbook of systems, uploaded by the team
    saved_view: Any  # of the portfolio, kept by somebody of the team
    portfolio_file: Any  # asked for by the same person, ready
    benefits_file: Any  # of the portfolio of benefits, asked for by the same person, ready
    calendar: Any  # the same person's secret address
    board_case: Any  # on the agenda of a meeting that is going on
    board_recusal: Any  # in that case
    minutes: Any  # of a meeting that is closed, ready
    reverification: Any  # of that project, after an approved change
    annual_report: Any  # of last year, published for everybody, with its PDF
    management_report_file: Any  # the PDF of the one for management, of the same year
    workshop: Any  # of that sector
    workshop_note: Any  # in a column, in that workshop or one that has ended


def nothing(_world: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Address:
    """Who may use it (`may`), an example, and whether it is a page a browser can open."""

    may: frozenset[str]
    example: Callable[[World], dict[str, Any]] = nothing
    query: str = ""
    may_post: frozenset[str] | None = None  # when fewer may write than read
    only_post: bool = False
    is_page: bool = True  # HTML a person looks at; else a file, a fragment or a redirect


def _code(world: World) -> dict[str, Any]:
    return {"code": world.waiting_idea.code}


def _published(world: World) -> dict[str, Any]:
    return {"code": world.idea.code}


def _own(world: World) -> dict[str, Any]:
    return {"token": world.waiting_idea.token}


def _comment(world: World) -> dict[str, Any]:
    return {"pk": world.comment.pk}


def _merge(world: World) -> dict[str, Any]:
    return {"pk": world.merge.pk}


def _held_mail(world: World) -> dict[str, Any]:
    return {"pk": world.held_mail.pk}


def _benefits_file(world: World) -> dict[str, Any]:
    return {"pk": world.benefits_file.pk}


def _portfolio_file(world: World) -> dict[str, Any]:
    return {"pk": world.portfolio_file.pk}


def _mail_kind(_world: World) -> dict[str, Any]:
    return {"key": "idea-parked"}


def _sector(world: World) -> dict[str, Any]:
    return {"sector": world.sector.code}


def _line(key: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"pk": world.lines[key].project_id, "line": world.lines[key].pk}


def _system(world: World) -> dict[str, Any]:
    return {"pk": world.system.pk}


def _integration(world: World) -> dict[str, Any]:
    return {"pk": world.integration.source_id, "integration": world.integration.pk}


def _freeze(world: World) -> dict[str, Any]:
    return {"pk": world.freeze.pk}


def _change(world: World) -> dict[str, Any]:
    return {"pk": world.change_request.project_id, "change": world.change_request.pk}


def _project_link(world: World) -> dict[str, Any]:
    link = world.lines["link"]
    return {"pk": link.after_id, "link": link.pk}


def _measured_year(world: World) -> dict[str, Any]:
    return {"year": world.measured_year}


def _closed_year(world: World) -> dict[str, Any]:
    return {"year": world.closed_year.cycle.year}


def _report(world: World) -> dict[str, Any]:
    return {"pk": world.report.pk}


def _draft_area(world: World) -> dict[str, Any]:
    return {"pk": world.draft_area.instrument_id, "area": world.draft_area.code}


def _draft_version(world: World) -> dict[str, Any]:
    return {"pk": world.draft_area.instrument_id}


def _revision(world: World) -> dict[str, Any]:
    year = world.revision.assessment.cycle.year
    return {**_sector(world), "year": year, "number": world.revision.number}


def _sector_area(world: World) -> dict[str, Any]:
    return {"sector": world.sector.code, "area": world.area.code}


def _measure(world: World) -> dict[str, Any]:
    answer = world.measure.answer
    return {"sector": world.sector.code, "area": answer.area.code, "pk": world.measure.pk}


def _member(world: World) -> dict[str, Any]:
    return {"sector": world.sector.code, "pk": world.member.pk}


def _link(world: World) -> dict[str, Any]:
    return {"signed": links.signed(world.member)}


def _criteria(world: World) -> dict[str, Any]:
    return {"pk": world.draft_criteria.criteria_set_id}


def _entry(world: World) -> dict[str, Any]:
    return {"pk": world.round.pk, "entry_pk": world.entry.pk}


def _run(world: World) -> dict[str, Any]:
    return {"pk": world.round.pk, "run_pk": world.robustness_run.pk}


def _scenario(world: World) -> dict[str, Any]:
    return {"pk": world.round.pk, "scenario_pk": world.scenario.pk}


def _round(world: World) -> dict[str, Any]:
    return {"pk": world.round.pk}


def _held_round(world: World) -> dict[str, Any]:
    """Locked, and the scorers have agreed."""
    return {"pk": world.memo.round_id}


def _held_entry(world: World) -> dict[str, Any]:
    return {"pk": world.memo.round_id, "entry_pk": world.undecided_item.entry_id}


def _held_question(world: World) -> dict[str, Any]:
    question = world.memo.round.ordered_questions()[0]
    return _held_entry(world) | {"question_pk": question.pk}


def _draft(world: World) -> dict[str, Any]:
    return {"pk": world.draft_memo.pk}


def _told(world: World) -> dict[str, Any]:
    item = world.told_decision.item
    return {"memo_pk": item.memo_id, "item_pk": item.pk}


def _protocol(world: World) -> dict[str, Any]:
    return {"memo_pk": world.protocol.meeting.memo_id, "pk": world.protocol.pk}


def _draft_item(world: World) -> dict[str, Any]:
    return {"pk": world.draft_memo.pk, "item_pk": world.draft_item.pk}


def _file(world: World) -> dict[str, Any]:
    return {"pk": world.memo.pk, "file_pk": world.memo_file.pk}


def _board_meeting(world: World) -> dict[str, Any]:
    return {"pk": world.board_case.meeting_id}


def _board_case(world: World) -> dict[str, Any]:
    return {"pk": world.board_case.meeting_id, "item_pk": world.board_case.pk}


def _minutes(world: World) -> dict[str, Any]:
    return {"pk": world.minutes.meeting_id}


def _status(world: World) -> dict[str, Any]:
    return {"pk": world.status.project_id, "month": world.status.month_code}


def _unsent_status(world: World) -> dict[str, Any]:
    return {"pk": world.status.project_id, "month": f"{month_after(world.status.month):%Y-%m}"}


def _deviation(world: World) -> dict[str, Any]:
    return {"pk": world.deviation.project_id, "deviation_pk": world.deviation.pk}


def _project(world: World) -> dict[str, Any]:
    return {"pk": world.project.pk}


def _products(world: World) -> dict[str, Any]:
    return {"pk": world.waiting_product.project_id}


def _role_holder(world: World) -> dict[str, Any]:
    return {"pk": world.role_holder.project_id, "role": world.role_holder.pk}


def _draft_method(world: World) -> dict[str, Any]:
    return {"pk": world.draft_template.method_id}


def _product(world: World) -> dict[str, Any]:
    return {**_products(world), "code": world.draft_product.template.code}


def _product_section(world: World) -> dict[str, Any]:
    text = world.draft_product.texts.select_related("section").first()
    return {**_product(world), "section": text.section.code}


def _product_attachment(world: World) -> dict[str, Any]:
    return {**_product(world), "attachment": world.draft_product.attachments.get().pk}


def _product_version(world: World) -> dict[str, Any]:
    version = world.product_version
    return {**_products(world), "code": version.product.template.code, "number": version.number}


def _waiting_product(world: World) -> dict[str, Any]:
    return {**_products(world), "code": world.waiting_product.template.code}


def _workshop(world: World) -> dict[str, Any]:
    return {"pk": world.workshop.pk}


def _held_workshop(world: World) -> dict[str, Any]:
    return {"pk": world.workshop_note.question.workshop_id}


def _workshop_note(world: World) -> dict[str, Any]:
    return {**_held_workshop(world), "note_pk": world.workshop_note.pk}


def _workshop_column(world: World) -> dict[str, Any]:
    return {**_held_workshop(world), "cluster_pk": world.workshop_note.cluster_id}


def _room(world: World) -> dict[str, Any]:
    return {"code": world.workshop.code}


def _room_note(world: World) -> dict[str, Any]:
    return {**_room(world), "note_pk": world.workshop_note.pk}


def _stage(world: World) -> dict[str, Any]:
    return {"pk": world.project.pk, "number": world.stage.number}


def _benefit(world: World) -> dict[str, Any]:
    return {"pk": world.benefit.pk}


def _main_indicator(world: World) -> dict[str, Any]:
    return {"pk": world.benefit.main.pk}


def _a_measurement(world: World) -> dict[str, Any]:
    return {"pk": world.measurement.pk}


def _measuring_request(world: World) -> dict[str, Any]:
    return {"pk": world.measuring_request.pk}


def _measuring_link(world: World) -> dict[str, Any]:
    return {"token": measuring_links.signed(world.measuring_request)}


def _map_box(world: World) -> dict[str, Any]:
    box = world.lines["map"]
    return {"pk": box.project_id, "node": box.pk}


def _plan_file(world: World) -> dict[str, Any]:
    return {"pk": world.lines["plan-file"].pk}


def _benefits_project(world: World) -> dict[str, Any]:
    return {"project_pk": world.project.pk}


def _realising() -> dict[str, Address]:
    """The map, the tiltak and the plan of a project's benefits."""
    pages = {
        f"benefits:{name}": Address(INSIDE, _project)
        for name in ("map", "map-drawing", "actions", "plan", "plan-files")
    }
    lines = {}
    for key in ("map", "action"):
        lines[f"benefits:{key}-edit"] = Address(WRITERS, _line(key))
        lines[f"benefits:{key}-remove"] = Address(WRITERS, _line(key))
        lines[f"benefits:{key}-restore"] = Address(WRITERS, _project, only_post=True)
    return {
        **pages,
        **lines,
        "benefits:map-add": Address(
            WRITERS, lambda world: {"pk": world.project.pk, "column": "business"}
        ),
        "benefits:map-move": Address(WRITERS, _map_box, only_post=True),
        "benefits:map-agree": Address(WRITERS, _map_box, only_post=True),
        "benefits:map-place": Address(
            WRITERS,
            lambda world: {"pk": world.project.pk, "benefit": world.benefit.pk},
            only_post=True,
        ),
        "benefits:action-add": Address(WRITERS, _project),
        "benefits:action-status": Address(WRITERS, lambda world: {"pk": world.lines["action"].pk}),
        "benefits:other-body": Address(WRITERS, lambda world: {"pk": world.lines["other"].pk}),
        "benefits:plan-workbook": Address(INSIDE, _project, is_page=False),
        "benefits:plan-file-retry": Address(INSIDE, _plan_file, only_post=True),
        "benefits:plan-file-pdf": Address(INSIDE, _plan_file, is_page=False),
        "benefits:plan-file-word": Address(INSIDE, _plan_file, is_page=False),
    }


INSIDE = TEAM | MANAGEMENT | BOARD | LEADER | OWNER | MANAGER
WRITERS = TEAM | OWNER | MANAGER
BOARD_READERS = BOARD | TEAM | MANAGEMENT | OWNER | MANAGER
MEMO_READERS = TEAM | MANAGEMENT | BOARD
FINAL_MEMO_READERS = MEMO_READERS | LEADER | OWNER


def _annual_reports() -> dict[str, Address]:
    """The report of a year: read by those it is for, written by the team."""
    readers = TEAM | LEADER | MANAGEMENT | BOARD

    def year(world: World) -> dict[str, Any]:
        return {"year": world.annual_report.cycle.year}

    def public(world: World) -> dict[str, Any]:
        return {**year(world), "audience": world.annual_report.audience}

    def management(world: World) -> dict[str, Any]:
        return {**year(world), "audience": world.management_report_file.report.audience}

    def section(world: World) -> dict[str, Any]:
        return {**public(world), "key": "summary"}

    def file(world: World) -> dict[str, Any]:
        return {"pk": world.management_report_file.pk}

    return {
        "annual:reports": Address(EVERYBODY),
        "annual:public": Address(EVERYBODY, year),
        "annual:ideas": Address(EVERYBODY, year),
        "annual:public-pdf": Address(EVERYBODY, year, is_page=False),
        "annual:report": Address(readers, management),
        "annual:report-pdf": Address(readers, management, is_page=False),
        "annual:begin": Address(TEAM, public, only_post=True),
        "annual:edit": Address(TEAM, public),
        "annual:section": Address(TEAM, section),
        "annual:section-restore": Address(TEAM, section, only_post=True),
        "annual:section-leave-out": Address(TEAM, section, only_post=True),
        "annual:numbers": Address(TEAM, public),
        "annual:preview": Address(TEAM, public),
        "annual:publish": Address(TEAM, public),
        "annual:unpublish": Address(TEAM, public),
        "annual:file-make": Address(TEAM, public, only_post=True),
        "annual:file-retry": Address(TEAM, file, only_post=True),
        "annual:file-download": Address(TEAM, file, is_page=False),
    }


ADDRESSES: dict[str, Address] = {
    # The frame
    "home": Address(EVERYBODY),
    "my-page": Address(MEMBERS),
    "management": Address(MANAGEMENT | TEAM | ADMINISTRATOR),
    "team": Address(TEAM | ADMINISTRATOR),
    "sector": Address(TEAM | MANAGEMENT | LEADER, lambda world: {"code": world.sector.code}),
    "search": Address(EVERYBODY, query="?q=svar"),
    "privacy": Address(EVERYBODY),
    "forgetting-runs": Address(TEAM | ADMINISTRATOR),
    "people": Address(ADMINISTRATOR),
    "person-forget": Address(ADMINISTRATOR, lambda world: {"pk": world.sector.leader_id}),
    "person-hand-over": Address(ADMINISTRATOR, lambda world: {"pk": world.sector.leader_id}),
    "person-close": Address(
        ADMINISTRATOR, lambda world: {"pk": world.sector.leader_id}, only_post=True
    ),
    "accessibility": Address(EVERYBODY),
    "healthz": Address(EVERYBODY, is_page=False),
    "color-scheme": Address(EVERYBODY, only_post=True),
    # Log-in
    "account_login": Address(EVERYBODY),
    "account_logout": Address(EVERYBODY),
    "account_change_password": Address(MEMBERS),
    "account_reset_password": Address(EVERYBODY),
    "account_reset_password_done": Address(EVERYBODY),
    "account_reset_password_from_key": Address(
        EVERYBODY, lambda world: {"uidb36": "1", "key": "used-before"}
    ),
    "account_reset_password_from_key_done": Address(EVERYBODY),
    "account_inactive": Address(EVERYBODY),
    "account_reauthenticate": Address(MEMBERS),
    "account_signup": Address(EVERYBODY),
    # Who we are, and the year
    "municipality:goals": Address(EVERYBODY),
    "municipality:cycle": Address(EVERYBODY),
    "municipality:cycle-edit": Address(TEAM | ADMINISTRATOR),
    "municipality:cycle-create": Address(TEAM | ADMINISTRATOR),
    "municipality:logo": Address(EVERYBODY, is_page=False),
    "annual:lessons": Address(MEMBERS),
    "annual:closed": Address(MEMBERS, _closed_year),
    "annual:closing": Address(TEAM | ADMINISTRATOR, lambda world: {"year": world.round.cycle.year}),
    "annual:reopen": Address(ADMINISTRATOR, _closed_year),
    "annual:recount": Address(TEAM | ADMINISTRATOR, _closed_year, only_post=True),
    "annual:frozen": Address(
        MEMBERS, lambda world: {**_closed_year(world), "kind": "zip"}, is_page=False
    ),
    # Måling
    "maturity:result": Address(EVERYBODY),
    "maturity:sector-result": Address(EVERYBODY, _sector),
    "maturity:result-break": Address(EVERYBODY, lambda world: {"year": world.changed_year}),
    "maturity:report": Address(EVERYBODY),
    "maturity:report-make": Address(TEAM, only_post=True),
    "maturity:report-retry": Address(TEAM, _report, only_post=True),
    "maturity:report-pdf": Address(EVERYBODY, _report, is_page=False),
    "maturity:report-excel": Address(EVERYBODY, _report, is_page=False),
    "maturity:indicators": Address(EVERYBODY),
    "maturity:indicators-csv": Address(EVERYBODY, is_page=False),
    "maturity:indicators-chart": Address(EVERYBODY, lambda world: {"kind": "svg"}, is_page=False),
    "maturity:instruments": Address(EVERYBODY),
    "maturity:instrument": Address(EVERYBODY, lambda world: {"pk": world.area.instrument_id}),
    "maturity:instrument-copy": Address(TEAM, lambda world: {"pk": world.area.instrument_id}),
    "maturity:instrument-names": Address(TEAM, _draft_version),
    "maturity:instrument-use": Address(TEAM, _draft_version, only_post=True),
    "maturity:instrument-delete": Address(TEAM, _draft_version),
    "maturity:instrument-area-create": Address(TEAM, _draft_version),
    "maturity:instrument-area": Address(TEAM, _draft_area),
    "maturity:instrument-area-move": Address(TEAM, _draft_area, only_post=True),
    "maturity:instrument-area-remove": Address(TEAM, _draft_area),
    "maturity:round": Address(TEAM),
    "maturity:round-open": Address(TEAM),
    "maturity:round-deadline": Address(TEAM),
    "maturity:round-aggregation": Address(TEAM),
    "maturity:assessment-history": Address(TEAM | LEADER, _sector),
    "maturity:assessment-revision": Address(TEAM | LEADER, _revision),
    "maturity:remind": Address(TEAM, only_post=True),
    "maturity:assessment-start": Address(TEAM | LEADER),
    "maturity:assessment": Address(TEAM | LEADER, _sector),
    "maturity:start": Address(LEADER, _sector, only_post=True),
    "maturity:submit": Address(LEADER, _sector, only_post=True),
    "maturity:extend": Address(TEAM, _sector),
    "maturity:reopen": Address(TEAM, _sector),
    "maturity:history": Address(TEAM),
    "maturity:history-template": Address(TEAM, is_page=False),
    "maturity:history-preview": Address(TEAM, lambda world: {"token": world.filled_years.token}),
    "maturity:history-remove": Address(TEAM, lambda world: {"year": world.imported_year}),
    "maturity:workbook": Address(LEADER, _sector),
    "maturity:workbook-download": Address(LEADER, _sector, is_page=False),
    "maturity:workbook-preview": Address(
        LEADER, lambda world: {**_sector(world), "token": world.filled_form.token}
    ),
    "maturity:exchange": Address(EVERYBODY),
    "maturity:exchange-schema": Address(EVERYBODY, is_page=False),
    "maturity:exchange-json": Address(EVERYBODY, _measured_year, is_page=False),
    "maturity:exchange-csv": Address(EVERYBODY, _measured_year, is_page=False),
    "maturity:comparison": Address(EVERYBODY),
    "maturity:benchmark-read-in": Address(TEAM),
    "maturity:benchmark-preview": Address(TEAM, lambda world: {"token": world.shared_file.token}),
    "maturity:benchmark-remove": Address(TEAM, lambda world: {"pk": world.benchmark.pk}),
    "lift": Address(EVERYBODY),
    "maturity:answer": Address(LEADER, _sector_area),
    "maturity:all-areas": Address(LEADER, _sector),
    "maturity:measures": Address(LEADER, _sector_area),
    "maturity:measure-edit": Address(LEADER, _measure),
    "maturity:measure-remove": Address(LEADER, _measure, only_post=True),
    "maturity:group": Address(LEADER, _sector),
    "maturity:group-remind": Address(LEADER, _sector, only_post=True),
    "maturity:member-remove": Address(LEADER, _member, only_post=True),
    "maturity:member-renew": Address(LEADER, _member, only_post=True),
    "maturity:consensus-start": Address(LEADER, _sector),
    "maturity:consensus": Address(LEADER, _sector_area),
    "maturity:consensus-screen": Address(LEADER, _sector_area),
    "maturity:my-answer": Address(LEADER, _sector),
    "maturity:my-answer-area": Address(LEADER, _sector_area),
    "maturity:my-answer-done": Address(LEADER, _sector),
    "maturity:member": Address(EVERYBODY, _link),
    "maturity:member-area": Address(
        EVERYBODY, lambda world: {**_link(world), "area": world.area.code}
    ),
    "maturity:member-done": Address(EVERYBODY, _link),
    # Idémyldring
    "ideas:list": Address(EVERYBODY),
    "ideas:create": Address(EVERYBODY),
    "ideas:receipt": Address(EVERYBODY, lambda world: {"token": world.idea.token}),
    "ideas:follow": Address(EVERYBODY),
    "ideas:own-add": Address(EVERYBODY, _own),
    "ideas:own-withdraw": Address(EVERYBODY, _own),
    "ideas:own-about": Address(EVERYBODY, _own),
    "ideas:own-about-file": Address(EVERYBODY, _own, is_page=False),
    "ideas:own-delete-address": Address(EVERYBODY, _own),
    "ideas:own-delete": Address(EVERYBODY, _own),
    "ideas:own-deleted": Address(EVERYBODY),
    "ideas:lost-link": Address(EVERYBODY),
    "ideas:lost-link-sent": Address(EVERYBODY),
    "ideas:subscribe": Address(EVERYBODY, _published),
    "ideas:subscribe-sent": Address(EVERYBODY, _published),
    "ideas:subscription": Address(EVERYBODY, lambda world: {"token": world.subscription.token}),
    "ideas:support": Address(EVERYBODY, _published),
    "ideas:comment": Address(EVERYBODY, _published),
    "ideas:comment-sent": Address(EVERYBODY, lambda world: {"key": world.comment.submission_key}),
    "ideas:comments": Address(TEAM),
    "ideas:comment-publish": Address(TEAM, _comment, only_post=True),
    "ideas:comment-refuse": Address(TEAM, _comment),
    "ideas-feed": Address(EVERYBODY, is_page=False),
    "idea-feed": Address(EVERYBODY, _published, is_page=False),
    "ideas:inbox": Address(TEAM | LEADER),
    "ideas:saved-filters": Address(TEAM | LEADER),
    "ideas:saved-filter": Address(TEAM, lambda world: {"pk": world.saved_filter.pk}),
    "ideas:bulk-choose": Address(TEAM | LEADER, query="?act=sektor", is_page=False),
    "ideas:bulk": Address(
        TEAM | LEADER, lambda world: {"act": "linja", "codes": world.waiting_idea.code}
    ),
    "ideas:without-outcome": Address(TEAM | LEADER),
    "ideas:merge-done": Address(TEAM | LEADER, _merge),
    "ideas:merge-undo": Address(TEAM | LEADER, _merge),
    "ideas:send-measure": Address(LEADER, lambda world: {"pk": world.measure.pk}, only_post=True),
    "ideas:handle": Address(TEAM | LEADER, _code),
    "ideas:forward": Address(TEAM | LEADER, _code),
    "ideas:take-back": Address(TEAM | LEADER, _code),
    "ideas:publish": Address(TEAM | LEADER, _code),
    "ideas:hold-back": Address(TEAM | LEADER, _code),
    "ideas:reply": Address(TEAM | LEADER, _code),
    "ideas:note": Address(TEAM | LEADER, _code),
    "ideas:outcome": Address(
        TEAM | LEADER, lambda world: {"code": world.waiting_idea.code, "kind": "parkert"}
    ),
    "ideas:reopen": Address(TEAM | LEADER, _code),
    "ideas:merge": Address(TEAM | LEADER, _code),
    "ideas:merge-confirm": Address(
        TEAM | LEADER,
        lambda world: {"code": world.waiting_idea.code, "target_code": world.idea.code},
    ),
    "ideas:split": Address(TEAM | LEADER, _code),
    "ideas:split-undo": Address(TEAM | LEADER, lambda world: {"code": world.split_idea.code}),
    "ideas:export": Address(EVERYBODY),
    "ideas:export-workbook": Address(EVERYBODY, is_page=False),
    "ideas:export-csv": Address(EVERYBODY, is_page=False),
    "ideas:import": Address(TEAM),
    "ideas:import-template": Address(TEAM, is_page=False),
    "ideas:import-preview": Address(TEAM, lambda world: {"token": world.staged_ideas.token}),
    "ideas:import-undo": Address(TEAM, lambda world: {"pk": world.idea_import.pk}),
    "similar-ideas": Address(EVERYBODY, only_post=True),
    "ideas:attachment": Address(
        EVERYBODY, lambda world: {"pk": world.attachment.pk}, is_page=False
    ),
    "ideas:attachment-show": Address(
        TEAM | LEADER, lambda world: {"pk": world.attachment.pk}, only_post=True
    ),
    "ideas:attachment-by-token": Address(
        EVERYBODY,
        lambda world: {"token": world.idea.token, "pk": world.attachment.pk},
        is_page=False,
    ),
    "idea": Address(EVERYBODY, lambda world: {"code": world.idea.code}),
    "idea-by-token": Address(EVERYBODY, lambda world: {"token": world.waiting_idea.token}),
    # Verksted
    "workshops:list": Address(TEAM | LEADER),
    "workshops:create": Address(TEAM | LEADER),
    "workshops:lead": Address(TEAM | LEADER, _workshop),
    "workshops:edit": Address(TEAM | LEADER, _workshop),
    "workshops:discard": Address(TEAM | LEADER, _workshop, only_post=True),
    "workshops:status": Address(TEAM | LEADER, _workshop, only_post=True),
    "workshops:end": Address(TEAM | LEADER, _workshop),
    "workshops:phase": Address(TEAM | LEADER, _workshop, only_post=True),
    "workshops:next": Address(TEAM | LEADER, _workshop, only_post=True),
    "workshops:timer": Address(TEAM | LEADER, _workshop, only_post=True),
    "workshops:wall": Address(TEAM | LEADER, _held_workshop),
    "workshops:wall-now": Address(TEAM | LEADER, _held_workshop, is_page=False),
    "workshops:note-move": Address(TEAM | LEADER, _workshop_note, only_post=True),
    "workshops:note-show": Address(TEAM | LEADER, _workshop_note, only_post=True),
    "workshops:cluster-create": Address(TEAM | LEADER, _workshop, only_post=True),
    "workshops:cluster": Address(TEAM | LEADER, _workshop_column, only_post=True),
    "workshops:choose": Address(TEAM | LEADER, _held_workshop),
    "workshops:print": Address(TEAM | LEADER, _held_workshop),
    "workshops:export": Address(TEAM | LEADER, _held_workshop, is_page=False),
    "workshops:enter": Address(EVERYBODY),
    "workshops:room": Address(EVERYBODY, _room),
    "workshops:join": Address(EVERYBODY, _room, only_post=True),
    "workshops:now": Address(EVERYBODY, _room, is_page=False),
    "workshops:hang-up": Address(EVERYBODY, _room, only_post=True),
    # Those who have not joined are sent to the door: test_workshop.py looks at these from inside.
    "workshops:note": Address(EVERYBODY, _room_note, is_page=False),
    "workshops:take-down": Address(EVERYBODY, _room_note, only_post=True),
    "workshops:vote": Address(EVERYBODY, _room_note, only_post=True),
    "workshops:room-wall": Address(EVERYBODY, _room, is_page=False),
    "workshops:room-wall-now": Address(EVERYBODY, _room, is_page=False),
    # Utboks
    "outbox:list": Address(TEAM),
    "outbox:release-many": Address(TEAM, only_post=True),
    "outbox:mail": Address(TEAM, _held_mail),
    "outbox:edit": Address(TEAM, _held_mail),
    "outbox:hold": Address(TEAM, _held_mail, only_post=True),
    "outbox:release": Address(TEAM, _held_mail, only_post=True),
    "outbox:discard": Address(TEAM, _held_mail),
    "outbox:templates": Address(TEAM),
    "outbox:template": Address(TEAM, _mail_kind),
    "outbox:restore": Address(TEAM, _mail_kind, only_post=True),
    "outbox:read-first": Address(TEAM, _mail_kind, only_post=True),
    # Prioritering
    "prioritization:list": Address(MEMBERS),
    "prioritization:criteria": Address(MEMBERS),
    "prioritization:criteria-set": Address(
        MEMBERS, lambda world: {"pk": world.round.criteria_set_id}
    ),
    "prioritization:criteria-copy": Address(TEAM, _criteria),
    "prioritization:criteria-edit": Address(TEAM, _criteria),
    "prioritization:criteria-questions": Address(
        TEAM,
        lambda world: {
            "pk": world.draft_criteria.criteria_set_id,
            "criterion_pk": world.draft_criteria.pk,
        },
    ),
    "prioritization:criteria-use": Address(TEAM, _criteria, only_post=True),
    "prioritization:criteria-delete": Address(TEAM, _criteria),
    "prioritization:create": Address(TEAM),
    "prioritization:round": Address(TEAM | MANAGEMENT | LEADER, _round),
    "prioritization:create-further": Address(TEAM, _round),
    "prioritization:round-change": Address(TEAM, _round),
    "prioritization:round-add-ideas": Address(TEAM, _round, only_post=True),
    "prioritization:round-remind": Address(TEAM, _round, only_post=True),
    "prioritization:round-close": Address(TEAM, _round, only_post=True),
    "prioritization:round-reopen": Address(TEAM, _round),
    "prioritization:score-next": Address(LEADER, _round),
    "prioritization:score": Address(LEADER, _entry),
    "prioritization:score-grid": Address(LEADER, _round),
    "prioritization:score-answer": Address(
        LEADER,
        lambda world: {
            **_entry(world),
            "question_pk": world.round.ordered_questions()[0].pk,
        },
        only_post=True,
    ),
    "prioritization:score-workbook": Address(LEADER, _round),
    "prioritization:score-workbook-download": Address(LEADER, _round, is_page=False),
    "prioritization:score-workbook-preview": Address(
        LEADER, lambda world: {**_round(world), "token": world.filled_scores.token}
    ),
    "prioritization:recuse": Address(LEADER, _entry),
    "prioritization:recuse-withdraw": Address(LEADER, _entry, only_post=True),
    "prioritization:deliver": Address(LEADER, _round),
    "prioritization:answers": Address(TEAM | MANAGEMENT | LEADER, _round),
    "prioritization:entry-answers": Address(TEAM | MANAGEMENT | LEADER, _entry),
    "prioritization:scoring-export": Address(TEAM | MANAGEMENT | LEADER, _round, is_page=False),
    "prioritization:give-back": Address(
        TEAM,
        lambda world: {
            "pk": world.round.pk,
            "part_pk": world.round.participations.order_by("delivered_at", "pk").first().pk,
        },
    ),
    "prioritization:ranking": Address(TEAM | MANAGEMENT | LEADER, _round),
    "prioritization:frame": Address(TEAM, _round),
    "prioritization:robustness": Address(TEAM | MANAGEMENT | LEADER, _round),
    "prioritization:robustness-again": Address(TEAM | MANAGEMENT, _round, only_post=True),
    "prioritization:robustness-status": Address(TEAM | MANAGEMENT, _run, is_page=False),
    "prioritization:robustness-retry": Address(TEAM | MANAGEMENT, _run, only_post=True),
    "prioritization:robustness-download": Address(TEAM | MANAGEMENT, _run, is_page=False),
    "prioritization:explanation": Address(TEAM | MANAGEMENT | LEADER, _entry),
    "consensus-enter": Address(MEMBERS),
    "prioritization:consensus": Address(TEAM, _held_round),
    "prioritization:consensus-start": Address(TEAM, _round, only_post=True),
    "prioritization:consensus-end": Address(TEAM, _round, only_post=True),
    "prioritization:consensus-summary": Address(TEAM | MANAGEMENT | LEADER, _held_round),
    "prioritization:consensus-screen": Address(TEAM | MANAGEMENT | LEADER, _round),
    "prioritization:consensus-answer": Address(LEADER, _round),
    "prioritization:consensus-entry": Address(TEAM, _held_entry),
    "prioritization:consensus-show": Address(TEAM, _held_entry, only_post=True),
    "prioritization:consensus-question": Address(TEAM, _held_question),
    "prioritization:consensus-ballot": Address(TEAM, _held_question, only_post=True),
    "prioritization:consensus-mean": Address(TEAM, _held_question, only_post=True),
    "prioritization:consensus-reveal": Address(
        TEAM, lambda world: {"pk": world.round.pk, "ballot_pk": 0}, only_post=True
    ),
    "prioritization:consensus-cancel": Address(
        TEAM, lambda world: {"pk": world.round.pk, "ballot_pk": 0}, only_post=True
    ),
    "prioritization:needs": Address(TEAM | MANAGEMENT | LEADER, _round),
    "prioritization:need-edit": Address(TEAM, _entry),
    "prioritization:need-reset": Address(TEAM, _entry, only_post=True),
    "prioritization:scenarios": Address(TEAM | MANAGEMENT | LEADER, _round),
    "prioritization:scenario-create": Address(TEAM, _round),
    "prioritization:scenario-compare": Address(TEAM | MANAGEMENT | LEADER, _round),
    "prioritization:scenario-compare-workbook": Address(
        TEAM | MANAGEMENT | LEADER, _round, is_page=False
    ),
    "prioritization:scenario": Address(TEAM | MANAGEMENT | LEADER, _scenario),
    "prioritization:scenario-edit": Address(TEAM, _scenario),
    "prioritization:scenario-copy": Address(TEAM, _scenario, only_post=True),
    "prioritization:scenario-delete": Address(TEAM, _scenario),
    "prioritization:scenario-solve": Address(TEAM, _scenario, only_post=True),
    "prioritization:scenario-progress": Address(
        TEAM | MANAGEMENT | LEADER, _scenario, is_page=False
    ),
    # Notat
    "memo-create": Address(TEAM, lambda world: {"round_pk": world.round.pk}),
    "prioritization:memo": Address(MEMO_READERS, _draft),
    "prioritization:memo-part": Address(
        TEAM, lambda world: {"pk": world.draft_memo.pk, "slug": "liste"}
    ),
    "prioritization:memo-section-restore": Address(
        TEAM, lambda world: {"pk": world.draft_memo.pk, "slug": "sammendrag"}, only_post=True
    ),
    "prioritization:memo-part-move": Address(
        TEAM, lambda world: {"pk": world.draft_memo.pk, "slug": "sammendrag"}, only_post=True
    ),
    "prioritization:memo-preview": Address(TEAM, _draft),
    "prioritization:memo-versions": Address(
        FINAL_MEMO_READERS, lambda world: {"pk": world.memo.pk}
    ),
    "prioritization:memo-compare": Address(
        FINAL_MEMO_READERS, lambda world: {"pk": world.memo.pk, "number": world.memo_file.number}
    ),
    "prioritization:memo-page-picture": Address(
        FINAL_MEMO_READERS, lambda world: {**_file(world), "number": 1}, is_page=False
    ),
    "prioritization:memo-annex": Address(FINAL_MEMO_READERS, _file, is_page=False),
    "prioritization:memo-recommend-within": Address(TEAM, _draft, only_post=True),
    "prioritization:memo-item": Address(TEAM, _draft_item),
    "prioritization:memo-item-recommend": Address(TEAM, _draft_item, only_post=True),
    "prioritization:memo-item-move": Address(TEAM, _draft_item, only_post=True),
    "prioritization:memo-finalise": Address(TEAM, _draft),
    "prioritization:memo-make": Address(TEAM, _draft, only_post=True),
    "prioritization:memo-read": Address(FINAL_MEMO_READERS, lambda world: {"pk": world.memo.pk}),
    "prioritization:memo-file-status": Address(FINAL_MEMO_READERS, _file),
    "prioritization:memo-file-retry": Address(TEAM, _file, only_post=True),
    "prioritization:memo-download": Address(FINAL_MEMO_READERS, _file, is_page=False),
    # Vedtak
    "hindsight": Address(MEMBERS),
    "decisions:list": Address(
        FINAL_MEMO_READERS | MANAGER, lambda world: {"memo_pk": world.memo.pk}
    ),
    "decisions:meeting": Address(TEAM | MANAGEMENT, lambda world: {"memo_pk": world.memo.pk}),
    "decisions:publish": Address(TEAM | MANAGEMENT, lambda world: {"memo_pk": world.memo.pk}),
    "decisions:record": Address(
        TEAM | MANAGEMENT,
        lambda world: {"memo_pk": world.memo.pk, "item_pk": world.undecided_item.pk},
    ),
    "decisions:correct": Address(TEAM | MANAGEMENT, _told),
    "decisions:protocol": Address(FINAL_MEMO_READERS | MANAGER, _protocol),
    "decisions:protocol-retry": Address(TEAM | MANAGEMENT, _protocol, only_post=True),
    "decisions:protocol-download": Address(FINAL_MEMO_READERS | MANAGER, _protocol, is_page=False),
    # Prosjektporteføljen
    "portfolio:timeline": Address(PORTFOLIO),
    "portfolio:board": Address(PORTFOLIO),
    "portfolio:table": Address(PORTFOLIO),
    "portfolio:goals": Address(PORTFOLIO),
    "portfolio:attention": Address(PORTFOLIO),
    "portfolio:money": Address(PORTFOLIO),
    "portfolio:capacity": Address(TEAM, lambda _world: {"year": 2026}),
    "portfolio:views": Address(PORTFOLIO),
    "portfolio:view": Address(TEAM, lambda world: {"pk": world.saved_view.pk}),
    "portfolio:export": Address(PORTFOLIO, is_page=False),
    "portfolio:pdf": Address(PORTFOLIO),
    "portfolio:file-retry": Address(TEAM, _portfolio_file, only_post=True),
    "portfolio:file-download": Address(TEAM, _portfolio_file, is_page=False),
    "portfolio:calendar": Address(PORTFOLIO),
    "portfolio:calendar-feed": Address(
        EVERYBODY,
        lambda world: {"pk": world.calendar.person_id, "token": world.calendar.token},
        is_page=False,
    ),
    # Prosjekt
    "projects:organisation": Address(INSIDE, _project),
    "projects:organisation-edit": Address(WRITERS, _project),
    "projects:role-add": Address(WRITERS, _project),
    "projects:role-edit": Address(WRITERS, _role_holder),
    "projects:open": Address(WRITERS, _project),
    "projects:open-to-all": Address(WRITERS, _project, only_post=True),
    "projects:close-to-all": Address(WRITERS, _project, only_post=True),
    "method:list": Address(PORTFOLIO),
    "method:detail": Address(TEAM, _draft_method),
    "method:copy": Address(TEAM, _draft_method),
    "method:edit": Address(TEAM, _draft_method),
    "method:checklist": Address(TEAM, lambda world: {**_draft_method(world), "gate": "BP2"}),
    "method:products": Address(TEAM, _draft_method),
    "method:sections": Address(
        TEAM, lambda world: {**_draft_method(world), "code": world.draft_template.code}
    ),
    "method:profiles": Address(TEAM, _draft_method),
    "method:use": Address(TEAM, _draft_method),
    "method:delete": Address(TEAM, _draft_method),
    "projects:products": Address(INSIDE, _products),
    "projects:product": Address(INSIDE, _product),
    "projects:product-begin": Address(WRITERS, _product, only_post=True),
    "projects:product-leave-out": Address(WRITERS, _product),
    "projects:product-take-back": Address(WRITERS, _product, only_post=True),
    "projects:product-section": Address(WRITERS, _product_section),
    "projects:product-attach": Address(WRITERS, _product),
    "projects:product-attachment": Address(INSIDE, _product_attachment, is_page=False),
    "projects:product-detach": Address(WRITERS, _product_attachment, only_post=True),
    "projects:product-version-make": Address(WRITERS, _product),
    "projects:product-withdraw": Address(WRITERS, _product, only_post=True),
    "projects:product-next": Address(WRITERS, _product, only_post=True),
    "projects:product-decide": Address(OWNER, _waiting_product),
    "projects:product-read": Address(INSIDE, _product_version),
    "projects:product-compare": Address(INSIDE, _product_version),
    "projects:product-distribute": Address(WRITERS, _product_version),
    "projects:product-file": Address(INSIDE, _product_version),
    "projects:product-file-make": Address(INSIDE, _product_version, only_post=True),
    "projects:product-file-retry": Address(INSIDE, _product_version, only_post=True),
    "projects:product-pdf": Address(INSIDE, _product_version, is_page=False),
    "projects:product-word": Address(INSIDE, _product_version, is_page=False),
    "projects:reports": Address(INSIDE, lambda world: {"pk": world.status.project_id}),
    "projects:report": Address(INSIDE, _status),
    "projects:report-write": Address(WRITERS, _unsent_status),
    "projects:report-pdf": Address(INSIDE, _status, is_page=False),
    "projects:report-retry": Address(WRITERS, _status, only_post=True),
    "projects:tolerances": Address(INSIDE, _project, may_post=OWNER),
    "projects:deviation": Address(INSIDE, _deviation, may_post=OWNER),
    "projects:plan": Address(INSIDE, _project),
    "projects:plan-phases": Address(WRITERS, _project),
    "projects:link-add": Address(WRITERS, _project),
    "projects:link-remove": Address(WRITERS, _project_link),
    "projects:money": Address(INSIDE, _project),
    "projects:money-edit": Address(WRITERS, _project),
    "projects:money-workbook": Address(INSIDE, _project, is_page=False),
    "projects:people": Address(INSIDE, _project),
    "projects:risks": Address(INSIDE, _project),
    "projects:risks-workbook": Address(INSIDE, _project, is_page=False),
    "projects:stakeholders": Address(INSIDE, _project),
    "projects:involvement": Address(INSIDE, _project),
    "projects:lessons": Address(INSIDE, _project),
    "projects:milestone-add": Address(WRITERS, _project),
    "projects:milestone-edit": Address(WRITERS, _line("milestone")),
    "projects:milestone-remove": Address(WRITERS, _line("milestone")),
    "projects:milestone-restore": Address(WRITERS, _project, only_post=True),
    "projects:allocation-add": Address(WRITERS, _project),
    "projects:allocation-edit": Address(WRITERS, _line("allocation")),
    "projects:allocation-remove": Address(WRITERS, _line("allocation")),
    "projects:allocation-restore": Address(WRITERS, _project, only_post=True),
    "projects:risk-add": Address(WRITERS, _project),
    "projects:risk-edit": Address(WRITERS, _line("risk")),
    "projects:risk-remove": Address(WRITERS, _line("risk")),
    "projects:risk-restore": Address(WRITERS, _project, only_post=True),
    "projects:stakeholder-add": Address(WRITERS, _project),
    "projects:stakeholder-edit": Address(WRITERS, _line("stakeholder")),
    "projects:stakeholder-remove": Address(WRITERS, _line("stakeholder")),
    "projects:stakeholder-restore": Address(WRITERS, _project, only_post=True),
    "projects:involvement-add": Address(WRITERS, _project),
    "projects:involvement-edit": Address(WRITERS, _line("involvement")),
    "projects:involvement-remove": Address(WRITERS, _line("involvement")),
    "projects:involvement-restore": Address(WRITERS, _project, only_post=True),
    "projects:lesson-add": Address(WRITERS, _project),
    "projects:lesson-edit": Address(WRITERS, _line("lesson")),
    "projects:lesson-remove": Address(WRITERS, _line("lesson")),
    "projects:lesson-restore": Address(WRITERS, _project, only_post=True),
    "projects:list": Address(EVERYBODY),
    "projects:detail": Address(EVERYBODY, _project),
    "projects:edit": Address(TEAM | OWNER | MANAGER, _project),
    "projects:gate": Address(INSIDE, _project),
    "projects:checkpoint": Address(
        WRITERS,
        lambda world: {"pk": world.project.pk, "item_pk": world.checklist_item.pk},
        only_post=True,
    ),
    "projects:ask": Address(WRITERS, _project),
    "projects:case": Address(INSIDE, lambda world: {"pk": world.gate_case.pk}, may_post=MANAGEMENT),
    "projects:case-withdraw": Address(
        WRITERS, lambda world: {"pk": world.gate_case.pk}, only_post=True
    ),
    "projects:stages": Address(INSIDE, _project, may_post=WRITERS),
    "projects:stage-edit": Address(WRITERS, _stage),
    "projects:stage-remove": Address(WRITERS, _stage, only_post=True),
    "projects:handover": Address(INSIDE, _project),
    "projects:end": Address(TEAM | OWNER | MANAGEMENT, _project),
    "projects:take-in": Address(TEAM | LEADER, _code),
    "projects:request-change": Address(OWNER | MANAGER, _project),
    "projects:changes": Address(INSIDE, _project),
    "projects:change-edit": Address(OWNER | MANAGER, _change),
    "projects:change-withdraw": Address(OWNER | MANAGER, _change),
    "projects:systems": Address(INSIDE, _project),
    "projects:system-use-add": Address(WRITERS, _project),
    "projects:system-use-edit": Address(WRITERS, _line("system-use")),
    "projects:system-use-remove": Address(WRITERS, _line("system-use")),
    "projects:system-use-restore": Address(WRITERS, _project, only_post=True),
    "systems:list": Address(PORTFOLIO),
    "systems:detail": Address(PORTFOLIO, _system),
    "systems:collisions": Address(PORTFOLIO),
    "systems:freezes": Address(PORTFOLIO),
    "systems:export": Address(PORTFOLIO, is_page=False),
    "systems:create": Address(BOARD | TEAM),
    "systems:edit": Address(BOARD | TEAM, _system),
    "systems:integration-add": Address(BOARD | TEAM, _system),
    "systems:integration-remove": Address(BOARD | TEAM, _integration),
    "systems:freeze-create": Address(BOARD | TEAM),
    "systems:freeze-edit": Address(BOARD | TEAM, _freeze),
    "systems:freeze-remove": Address(BOARD | TEAM, _freeze),
    "systems:template": Address(BOARD | TEAM, is_page=False),
    "systems:import": Address(BOARD | TEAM),
    "systems:import-preview": Address(
        TEAM | BOARD, lambda world: {"token": world.staged_systems.token}
    ),
    "board:list": Address(BOARD | TEAM | MANAGEMENT | OWNER | MANAGER),
    "board:decide": Address(
        BOARD | TEAM | MANAGEMENT | OWNER | MANAGER,
        lambda world: {"pk": world.change_request.pk},
        may_post=BOARD,
    ),
    "board:meeting-plan": Address(BOARD | TEAM),
    "board:meeting": Address(BOARD_READERS, _board_meeting),
    "board:meeting-edit": Address(BOARD | TEAM, _board_meeting),
    "board:agenda": Address(BOARD_READERS, _board_meeting),
    "board:agenda-add": Address(BOARD | TEAM, _board_meeting, only_post=True),
    "board:agenda-send": Address(BOARD | TEAM, _board_meeting, only_post=True),
    "board:agenda-move": Address(BOARD | TEAM, _board_case, only_post=True),
    "board:agenda-remove": Address(BOARD | TEAM, _board_case, only_post=True),
    "board:meeting-open": Address(BOARD | TEAM, _board_meeting, only_post=True),
    "board:attendance": Address(BOARD | TEAM, _board_meeting, only_post=True),
    "board:case": Address(BOARD | TEAM, _board_case, may_post=BOARD),
    "board:recuse": Address(BOARD | TEAM, _board_case),
    "board:recuse-withdraw": Address(
        BOARD | TEAM,
        lambda world: {**_board_case(world), "recusal_pk": world.board_recusal.pk},
        only_post=True,
    ),
    "board:meeting-close": Address(BOARD | TEAM, _board_meeting),
    "board:minutes": Address(BOARD_READERS, _minutes),
    "board:minutes-retry": Address(BOARD | TEAM, _minutes, only_post=True),
    "board:minutes-download": Address(BOARD_READERS, _minutes, is_page=False),
    "projects:reverify": Address(INSIDE, _project),
    "projects:reverify-one": Address(
        WRITERS,
        lambda world: {"pk": world.project.pk, "reverification_pk": world.reverification.pk},
    ),
    "projects:drift": Address(INSIDE, _project),
    # Gevinst
    "benefits:list": Address(EVERYBODY),
    "benefits:portfolio": Address(PORTFOLIO),
    "benefits:portfolio-attention": Address(PORTFOLIO),
    "benefits:portfolio-export": Address(PORTFOLIO, is_page=False),
    "benefits:portfolio-files": Address(PORTFOLIO),
    "benefits:portfolio-file-retry": Address(TEAM, _benefits_file, only_post=True),
    "benefits:portfolio-file-download": Address(TEAM, _benefits_file, is_page=False),
    "benefits:detail": Address(EVERYBODY, _benefit),
    "benefits:register": Address(INSIDE, _benefits_project),
    **_realising(),
    "benefits:create": Address(TEAM | OWNER | MANAGER, _benefits_project),
    "benefits:edit": Address(TEAM | OWNER | MANAGER, _benefit),
    "benefits:history": Address(INSIDE, _benefit),
    "benefits:freeze": Address(TEAM | OWNER, _benefits_project),
    "benefits:calculation": Address(INSIDE, _benefits_project),
    "benefits:calculation-edit": Address(WRITERS, _benefits_project),
    "benefits:calculation-file": Address(INSIDE, _benefits_project, is_page=False),
    "benefits:kommit": Address(WRITERS, _benefits_project),
    "benefits:kommit-preview": Address(
        WRITERS,
        lambda world: {**_benefits_project(world), "token": world.staged_kommit.token},
    ),
    "benefits:kommit-undo": Address(
        WRITERS, lambda world: {**_benefits_project(world), "pk": world.kommit_import.pk}
    ),
    "benefits:years": Address(INSIDE, _benefits_project),
    "benefits:years-edit": Address(WRITERS, _benefits_project),
    "benefits:indicator-create": Address(WRITERS, _benefit),
    "benefits:indicator-edit": Address(WRITERS, _main_indicator),
    "benefits:indicator-retire": Address(WRITERS, _main_indicator),
    "benefits:indicator-resume": Address(WRITERS, _main_indicator, only_post=True),
    "benefits:indicator-main": Address(WRITERS, _main_indicator, only_post=True),
    "benefits:responsibility": Address(OWNER, _benefit),
    "benefits:measure": Address(TEAM | OWNER | MANAGER, _benefit),
    "benefits:indicator": Address(EVERYBODY, _main_indicator),
    "benefits:measure-indicator": Address(TEAM | OWNER | MANAGER, _main_indicator),
    "benefits:skip": Address(TEAM | OWNER | MANAGER, _main_indicator),
    "benefits:withdraw": Address(TEAM | OWNER | MANAGER, _a_measurement),
    "benefits:restore": Address(TEAM | OWNER | MANAGER, _a_measurement, only_post=True),
    "benefits:measurement-file": Address(
        INSIDE, lambda world: {"pk": world.measurement_file.pk}, is_page=False
    ),
    "benefits:requests": Address(TEAM),
    "benefits:request-renew": Address(TEAM | LEADER, _measuring_request, only_post=True),
    "benefits:request-reassign": Address(TEAM | LEADER, _measuring_request),
    "measuring:answer": Address(EVERYBODY, _measuring_link),
    "measuring:skip": Address(EVERYBODY, _measuring_link),
    "measuring:renew": Address(EVERYBODY, _measuring_link, only_post=True),
    "measuring:renewed": Address(EVERYBODY),
    # Årsrapporten
    **_annual_reports(),
}
