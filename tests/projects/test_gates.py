"""What each decision point waits for, what holds it, and what may be waived."""

import datetime as dt

import pytest
from django.utils import timezone

from projects import gates
from projects.gates import Kind
from projects.models import (
    GATE_BY_CODE,
    ChangeRequestStatus,
    CheckpointState,
    Deviation,
    Ending,
    GateCode,
    Parameter,
    PhaseChange,
    Product,
    ProductStatus,
    ProjectPhase,
    Reverification,
    RoleHolder,
    RoleKey,
    Size,
    StatusReport,
    Subject,
    Tolerance,
)
from projects.reference import load_reference
from tests.factories.benefits import BenefitFactory
from tests.factories.gates import (
    GatedProjectFactory,
    StageFactory,
    answer,
    describe_benefit,
    involve_users,
    leave_out_mandate,
    make_method,
    make_ready,
    set_tolerances,
)
from tests.factories.projects import ChangeRequestFactory, ProjectFactory

pytestmark = pytest.mark.django_db

IN_PHASE = {
    GateCode.BP1: ProjectPhase.IDEA,
    GateCode.BP2: ProjectPhase.CONCEPT,
    GateCode.BP3: ProjectPhase.PLANNING,
    GateCode.BP4: ProjectPhase.EXECUTION,
    GateCode.BP5: ProjectPhase.CLOSING,
    GateCode.BP6: ProjectPhase.REALISATION,
}


def before(gate, **fields):
    return GatedProjectFactory(phase=IN_PHASE[gate], **fields)


def of_kind(project, kind):
    return [each for each in gates.requirements(project) if each.kind == kind]


# The source: titles, deciders and checklists of domain.md §3.2


def test_the_titles_are_those_of_prosjektveiviseren():
    assert [str(gate.title) for gate in GATE_BY_CODE.values()] == [
        "Beslutte oppstart av en konseptfase",
        "Beslutte oppstart av planleggingsfasen",
        "Beslutte overgang til gjennomføringsfasene",
        "Beslutte overgang til neste delfase",
        "Beslutte overgang til avslutningsfasen",
        "Beslutte avslutning av prosjektet",
        "Beslutte at gevinstene er realisert",
    ]


def test_management_decides_the_first_two_and_the_last():
    theirs = [code for code, gate in GATE_BY_CODE.items() if gate.decider_role == "executives"]

    assert theirs == [GateCode.BP1, GateCode.BP2, GateCode.BP6]


def test_the_checklists_have_as_many_points_as_the_source():
    """The older list of 44 has 7, 10, 10, 7, 8 and 2; Digdir has added the others since.

    BP3.n has no list in the source.
    """
    load_reference()
    method = ProjectFactory().method or gates.ChecklistItem.objects.latest("pk").method
    today = {gate: method.checklist.filter(gate=gate).count() for gate in IN_PHASE}
    older = {gate: method.checklist.filter(gate=gate, is_later=False).count() for gate in IN_PHASE}

    assert list(today.values()) == [8, 13, 13, 9, 9, 2]
    assert list(older.values()) == [7, 10, 10, 7, 8, 2]
    assert sum(older.values()) == 44


# Which decision is next


@pytest.mark.parametrize("gate", IN_PHASE)
def test_each_phase_ends_in_its_decision(gate):
    assert gates.next_point(before(gate)).name == gate


def test_there_is_a_decision_between_each_two_delfaser_and_bp4_after_the_last(today):
    project = before(GateCode.BP4)
    first, second, _third = (StageFactory(project=project) for _number in range(3))

    names = []
    for stage in (first, second):
        names.append(gates.next_point(project).name)
        stage.finished_on = today
        stage.save()
        project.refresh_from_db()
    names.append(gates.next_point(project).name)

    assert names == ["BP3.1", "BP3.2", "BP4"]


def test_a_project_that_has_ended_has_no_decision_left(today):
    project = before(GateCode.BP1, ending=Ending.LINE, ended_on=today)

    assert gates.next_point(project) is None
    assert gates.requirements(project) == []


def test_the_profile_says_which_points_the_project_checks_itself():
    formal = {}
    for gate in IN_PHASE:
        project = before(gate, size=Size.SMALL)
        formal[str(gate)] = gates.is_formal(project, gates.next_point(project))

    assert [gate for gate, is_so in formal.items() if is_so] == ["BP2", "BP5"]


# The checklist


def test_an_open_point_is_missing_until_it_is_done():
    project = before(GateCode.BP1)
    assert [each.is_met for each in of_kind(project, Kind.POINT)] == [False]

    answer(project)

    [point] = of_kind(project, Kind.POINT)
    assert (point.key, point.is_met, point.can_be_waived) == ("point:klart", True, True)


def test_a_point_that_does_not_apply_is_met_and_says_why():
    project = before(GateCode.BP1)
    answer(project, CheckpointState.NOT_RELEVANT, reason="Ingen IKT.")

    [point] = of_kind(project, Kind.POINT)

    assert (point.is_met, point.reason) == (True, "Ingen IKT.")


def test_points_are_asked_anew_after_each_delfase(today):
    project = before(GateCode.BP4)
    first = StageFactory(project=project)
    StageFactory(project=project)
    StageFactory(project=project)
    answer(project)
    assert of_kind(project, Kind.POINT)[0].is_met

    first.finished_on = today
    first.save()

    assert not of_kind(project, Kind.POINT)[0].is_met


def test_a_point_falls_to_the_one_named_and_else_to_the_role(person):
    project = before(GateCode.BP1)
    assert of_kind(project, Kind.POINT)[0].responsible == project.manager

    named = person(name="Anne Bakken")
    answer(project, CheckpointState.OPEN, responsible=named)

    [point] = of_kind(project, Kind.POINT)
    assert (point.responsible, point.who) == (named, "Anne Bakken")
    assert point.falls_to(named)
    assert not point.falls_to(project.owner)


@pytest.mark.parametrize(
    ("role", "who"),
    [
        (RoleKey.OWNER, "owner"),
        (RoleKey.MANAGER, "manager"),
        (RoleKey.BENEFIT_LEAD, "owner"),  # nobody is gevinstansvarlig
        (RoleKey.SENIOR_USER, "senior"),
        (RoleKey.INVESTIGATOR, "manager"),  # nobody has it
    ],
)
def test_roles_are_those_who_hold_them_now(role, who, person, today):
    method = make_method()
    method.checklist.filter(gate="BP1").update(falls_to=role)
    project = before(GateCode.BP1, method=method)
    senior = person(name="Senior")
    RoleHolder.objects.create(
        project=project, role=RoleKey.SENIOR_USER, person=senior, starts_on=today
    )
    people = {"owner": project.owner, "manager": project.manager, "senior": senior}

    assert of_kind(project, Kind.POINT)[0].responsible == people[who]


# Documents


@pytest.mark.parametrize(
    ("status", "is_met"),
    [
        (ProductStatus.DRAFT, False),
        (ProductStatus.READY, False),
        (ProductStatus.APPROVED, True),
        (ProductStatus.LEFT_OUT, True),
    ],
)
def test_a_required_document_is_approved_or_left_out_with_a_reason(status, is_met):
    project = before(GateCode.BP1)
    Product.objects.create(
        project=project,
        template=project.method.templates.get(),
        status=status,
        left_out_reason="Vedtaket sier det samme.",
    )

    [product] = of_kind(project, Kind.PRODUCT)

    assert (product.key, product.is_met) == ("product:mandat", is_met)
    assert product.can_be_waived


def test_a_document_that_an_earlier_gate_wanted_is_still_wanted():
    assert [each.is_met for each in of_kind(before(GateCode.BP4), Kind.PRODUCT)] == [False]


def test_a_document_is_not_asked_of_the_sizes_that_need_it_not():
    assert of_kind(before(GateCode.BP1, size=Size.SMALL), Kind.PRODUCT) == []


# What every project must have, whatever its size (strategy §6.4)


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("gate", [gate for gate in IN_PHASE if gate != GateCode.BP1])
def test_users_and_a_benefit_are_demanded_in_every_size_and_never_waived(gate, size):
    project = before(gate, size=size)

    held = {each.kind: each.can_be_waived for each in gates.missing(project)}

    assert held[Kind.INVOLVEMENT] is False
    assert held[Kind.BENEFIT] is False


@pytest.mark.parametrize("size", Size)
def test_before_bp1_neither_is_asked_for(size):
    kinds = {each.kind for each in gates.requirements(before(GateCode.BP1, size=size))}

    assert not kinds & {Kind.INVOLVEMENT, Kind.BENEFIT}


def test_one_involvement_of_users_is_enough():
    project = before(GateCode.BP2)
    involve_users(project)

    assert [each.is_met for each in of_kind(project, Kind.INVOLVEMENT)] == [True]


def test_a_benefit_without_a_day_to_measure_is_not_complete():
    project = before(GateCode.BP2)
    describe_benefit(project, next_measurement_on=None)
    assert [each.is_met for each in of_kind(project, Kind.BENEFIT)] == [False]

    describe_benefit(project)

    assert [each.is_met for each in of_kind(project, Kind.BENEFIT)] == [True]


@pytest.mark.parametrize(
    ("fields", "words", "page"),
    [
        ({"main": None}, "Legg til måleindikator", "maleindikator/ny/"),
        ({"next_measurement_on": None}, "Sett dato", "rediger/"),
        ({"is_disbenefit": True}, "Beskriv minst én gevinst", "ny/"),
    ],
)
def test_what_a_benefit_lacks_is_named_and_led_to(fields, words, page):
    project = before(GateCode.BP2)
    BenefitFactory(project=project, **fields)

    [requirement] = of_kind(project, Kind.BENEFIT)

    assert not requirement.is_met
    assert requirement.words.startswith(words)
    assert requirement.url.endswith(page)


# Tolerances


@pytest.mark.parametrize(("size", "asked"), [("small", 0), ("medium", 1), ("large", 1)])
def test_tolerances_are_set_before_bp3_in_projects_that_need_them(size, asked):
    assert len(of_kind(before(GateCode.BP3, size=size), Kind.TOLERANCES)) == asked


def test_the_tolerances_that_are_not_set_are_named(today):
    project = before(GateCode.BP3)
    for parameter in Parameter:
        if parameter not in (Parameter.TIME, Parameter.COST):
            Tolerance.objects.create(
                project=project, parameter=parameter, words="Litt", set_on=today
            )

    [tolerances] = of_kind(project, Kind.TOLERANCES)

    assert "tid og kostnad" in tolerances.words
    assert not tolerances.is_met


def test_all_six_tolerances_are_enough():
    project = before(GateCode.BP3)
    set_tolerances(project)

    assert [each.is_met for each in of_kind(project, Kind.TOLERANCES)] == [True]


# What waits


def test_what_must_be_looked_at_again_after_a_change_holds_the_gate(owner):
    project = before(GateCode.BP4)
    change = ChangeRequestFactory(
        project=project,
        status=ChangeRequestStatus.APPROVED,
        decision_reason="Ja.",
        decided_at=timezone.now(),
    )
    look = Reverification.objects.create(change_request=change, subject=Subject.PLAN)
    [waiting] = of_kind(project, Kind.REVERIFICATION)
    assert (waiting.is_met, waiting.can_be_waived) == (False, True)

    look.done_by, look.done_at, look.note = owner, timezone.now(), "Holder."
    look.save()

    assert of_kind(project, Kind.REVERIFICATION) == []


def test_a_deviation_waits_for_the_owner(today):
    project = before(GateCode.BP4)
    report = StatusReport.objects.create(project=project, month=today.replace(day=1))
    Deviation.objects.create(
        project=project,
        report=report,
        parameter=Parameter.COST,
        agreed="1 mill.",
        forecast="2 mill.",
        tolerance="100 000",
    )

    [deviation] = of_kind(project, Kind.DEVIATION)

    assert (deviation.responsible, deviation.is_met) == (project.owner, False)
    assert deviation.can_be_waived


# The end


def test_bp5_waits_for_somebody_to_answer_for_each_benefit():
    project = before(GateCode.BP5)
    taken = describe_benefit(
        project, responsible=project.owner, responsibility_accepted_at=timezone.now()
    )
    left = describe_benefit(project)

    accepted = {each.key: each.is_met for each in of_kind(project, Kind.ACCEPTANCE)}

    assert accepted == {f"acceptance:{taken.pk}": True, f"acceptance:{left.pk}": False}
    assert not any(each.can_be_waived for each in of_kind(project, Kind.ACCEPTANCE))


def test_bp6_waits_for_each_benefit_to_be_measured_after_bp5(today):
    project = before(GateCode.BP6)
    PhaseChange.objects.create(
        project=project, phase=ProjectPhase.REALISATION, note="Ja.", by=project.owner, on=today
    )
    before_bp5 = today - dt.timedelta(days=1)
    old = describe_benefit(project, latest_on=before_bp5, latest_value=7)
    new = describe_benefit(project, latest_on=today, latest_value=7)

    measured = {each.key: each.is_met for each in of_kind(project, Kind.MEASUREMENT)}

    assert measured == {f"measurement:{old.pk}": False, f"measurement:{new.pk}": True}


# All of it


@pytest.mark.parametrize("gate", IN_PHASE)
def test_nothing_is_missing_when_all_is_in_place(gate):
    assert gates.missing(make_ready(before(gate))) == []


def test_a_requirement_tells_who_where_and_what_in_words():
    for each in gates.requirements(before(GateCode.BP3)):
        assert each.words
        assert each.who
        assert each.url.startswith("/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_reads_does_not_grow(count, django_assert_num_queries):
    project = before(GateCode.BP5)
    leave_out_mandate(project)
    for _number in range(count):
        describe_benefit(project)
        involve_users(project)

    with django_assert_num_queries(9):
        gates.requirements(project)
