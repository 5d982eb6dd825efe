import uuid

import pytest
from django.urls import reverse

from core import roles
from projects.gate_waiting import gate_waiting_for
from projects.models import (
    CaseStatus,
    Checkpoint,
    CheckpointState,
    Ending,
    GateCase,
    Project,
    ProjectPhase,
    Size,
    Stage,
)
from tests.factories.benefits import BenefitFactory
from tests.factories.gates import (
    GateCaseFactory,
    GatedProjectFactory,
    StageFactory,
    answer,
    describe_benefit,
    make_ready,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(owner, person):
    leader = person(roles.PROJECT_MANAGER, name="Jonas Lien")
    return GatedProjectFactory(owner=owner, manager=leader, phase=ProjectPhase.CONCEPT)


@pytest.fixture
def leader_in(client, project):
    client.force_login(project.manager)
    return client


def gate_page(client, project):
    return client.get(reverse("projects:gate", args=[project.pk])).content.decode()


# The page


def test_the_page_says_what_is_missing_and_what_cannot_be_waived(leader_in, project):
    page = gate_page(leader_in, project)

    assert "Fire ting mangler før BP2" in page
    assert "Beslutte oppstart av planleggingsfasen" in page
    assert "Her kan dere ikke gjøre unntak" in page
    assert reverse("benefits:create", args=[project.pk]) in page


def test_when_all_is_in_place_one_asks_for_the_decision(leader_in, project):
    make_ready(project)

    page = gate_page(leader_in, project)

    assert "Alt er på plass for BP2" in page
    assert "Be om beslutning" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(
    leader_in, project, count, django_assert_num_queries
):
    make_ready(project)
    for _number in range(count):
        describe_benefit(project)
        GateCaseFactory(
            project=project,
            status=CaseStatus.SENT_BACK,
            reason="Nei.",
            decided_by=project.owner,
            decided_at="2026-01-01T12:00Z",
        )

    with django_assert_num_queries(22):
        gate_page(leader_in, project)


def test_others_read_without_forms(client, project, manager):
    client.force_login(manager)

    page = gate_page(client, project)

    assert "Er alt klart for BP2?" in page
    assert 'name="state"' not in page


def test_an_ended_project_says_how_it_ended(leader_in, project, today):
    Project.objects.update(ending=Ending.LINE, ended_on=today, end_reason="Avdelingen tar det.")

    page = gate_page(leader_in, project)

    assert "Ingen flere beslutninger" in page
    assert "Avdelingen tar det." in page


# One point


def point_address(project):
    item = project.method.checklist.get(gate="BP2")
    return reverse("projects:checkpoint", args=[project.pk, item.pk])


def typed(**changed):
    return {"state": "done", "reason": "", "responsible": "", "version": 0, "at": "BP2"} | changed


def test_an_answer_is_saved_without_script(leader_in, project):
    response = leader_in.post(point_address(project), typed(responsible=project.owner.pk))

    saved = Checkpoint.objects.get()
    assert response.url == reverse("projects:gate", args=[project.pk])
    assert (saved.state, saved.responsible) == (CheckpointState.DONE, project.owner)


def test_an_answer_saves_itself_and_says_what_is_missing_now(leader_in, project):
    response = leader_in.post(point_address(project), typed(), headers={"HX-Request": "true"})

    page = response.content.decode()
    assert "Lagret" in page
    assert "Tre ting mangler før BP2" in page
    assert 'value="1"' in page


def test_not_relevant_asks_why_and_keeps_the_choice(leader_in, project):
    response = leader_in.post(
        point_address(project), typed(state="not_relevant"), headers={"HX-Request": "true"}
    )

    assert "Skriv hvorfor punktet ikke gjelder." in response.content.decode()
    assert not Checkpoint.objects.exists()


def test_the_second_of_two_sees_the_others_answer(client, project, owner):
    client.force_login(owner)
    client.post(point_address(project), typed(reason="Først ute."))
    client.force_login(project.manager)

    page = client.post(point_address(project), typed(reason="Min tekst.")).content.decode()

    assert "Først ute." in page
    assert "Min tekst." in page
    assert Checkpoint.objects.get().reason == "Først ute."


def test_an_answer_from_a_stale_page_is_refused_with_the_text(leader_in, project):
    response = leader_in.post(point_address(project), typed(at="BP1", reason="Min tekst."))

    assert response.status_code == 409
    assert "Min tekst." in response.content.decode()


# Asking and deciding


def asked(**changed):
    return {"point": "BP2", "submission_key": uuid.uuid4(), "note": "Klart."} | changed


def test_what_cannot_be_waived_gives_no_form(leader_in, project):
    page = leader_in.get(reverse("projects:ask", args=[project.pk])).content.decode()

    assert "BP2 kan ikke tas ennå" in page
    assert 'name="note"' not in page


def test_a_project_that_has_ended_meanwhile_is_not_asked_for(leader_in, project, today):
    Project.objects.update(ending=Ending.LINE, ended_on=today)
    url = reverse("projects:ask", args=[project.pk])

    response = leader_in.post(url, asked(note="Vi er klare."))

    assert response.status_code == 409
    assert "Vi er klare." in response.content.decode()
    assert leader_in.get(url).url == reverse("projects:gate", args=[project.pk])


def test_a_project_that_waits_is_led_to_its_case(leader_in, project):
    case = GateCaseFactory(project=project)

    assert leader_in.get(reverse("projects:ask", args=[project.pk])).url == case.get_absolute_url()


def test_each_missing_thing_is_asked_a_reason_for(leader_in, project):
    make_ready(project)
    Checkpoint.objects.all().delete()
    url = reverse("projects:ask", args=[project.pk])

    page = leader_in.post(url, asked()).content.decode()
    response = leader_in.post(url, asked(**{"waiver-point:klart": "Sagt muntlig."}))

    assert "Skriv hvorfor dere kan gå videre uten dette." in page
    assert "Klart." in page
    assert response.url == reverse("projects:gate", args=[project.pk])
    assert GateCase.objects.get().waivers.get().reason == "Sagt muntlig."


def test_management_sees_the_case_and_approves_with_conditions(client, project, manager):
    make_ready(project)
    client.force_login(project.manager)
    client.post(reverse("projects:ask", args=[project.pk]), asked())
    case = GateCase.objects.get()
    client.force_login(manager)

    page = client.get(case.get_absolute_url()).content.decode()
    lacking = client.post(
        case.get_absolute_url(), {"outcome": "conditional", "reason": "Ja."}
    ).content.decode()
    response = client.post(
        case.get_absolute_url(),
        {"outcome": "conditional", "reason": "Ja.", "conditions": "Én sone først."},
    )

    case.refresh_from_db()
    assert "Avgjør saken" in page
    assert "Vedtaket sier det samme." in page
    assert "Skriv vilkårene" in lacking
    assert response.url == case.get_absolute_url()
    assert (case.status, case.conditions) == (CaseStatus.APPROVED, "Én sone først.")


def test_a_second_decision_is_refused_with_what_was_written(client, project, manager):
    make_ready(project)
    case = GateCaseFactory(project=project)
    client.force_login(manager)
    client.post(case.get_absolute_url(), {"outcome": "rejected", "reason": "For dyrt."})

    response = client.post(case.get_absolute_url(), {"outcome": "approved", "reason": "Enig nå."})

    assert response.status_code == 409
    assert "Enig nå." in response.content.decode()


def test_only_bp1_offers_the_line(client, project, manager):
    client.force_login(manager)
    first = GateCaseFactory(project=GatedProjectFactory())
    second = GateCaseFactory(project=project)

    assert "Løses i linjen." in client.get(first.get_absolute_url()).content.decode()
    assert "Løses i linjen." not in client.get(second.get_absolute_url()).content.decode()


def test_the_case_warns_about_what_is_not_in_place_any_more(client, project, manager):
    client.force_login(manager)

    page = client.get(GateCaseFactory(project=project).get_absolute_url()).content.decode()

    assert "ikke på plass lenger" in page


def test_the_team_reads_the_case_and_does_not_decide(client, project, team_member):
    case = GateCaseFactory(project=project)
    client.force_login(team_member)

    assert "Avgjør saken" not in client.get(case.get_absolute_url()).content.decode()
    decision = {"outcome": "approved", "reason": "Ja."}
    assert client.post(case.get_absolute_url(), decision).status_code == 403


def test_the_project_takes_the_case_back(leader_in, project):
    case = GateCaseFactory(project=project)

    leader_in.post(reverse("projects:case-withdraw", args=[case.pk]))

    case.refresh_from_db()
    assert case.status == CaseStatus.WITHDRAWN


def test_a_small_project_passes_its_own_point_on_one_page(client, owner):
    small = GatedProjectFactory(owner=owner, size=Size.SMALL)
    answer(small)
    client.force_login(owner)

    response = client.post(reverse("projects:ask", args=[small.pk]), asked(point="BP1"))

    small.refresh_from_db()
    assert response.url == small.get_absolute_url()
    assert small.phase == ProjectPhase.CONCEPT


# Stopping, delfaser, handover


def test_stopping_is_confirmed_before_it_happens(client, project, owner):
    client.force_login(owner)
    url = reverse("projects:end", args=[project.pk])
    why = {"reason": "For dyrt.", "consequence": "Ingen gevinst."}

    page = client.post(url, why).content.decode()
    assert "Dette skjer" in page
    project.refresh_from_db()
    assert not project.has_ended

    client.post(url, why | {"confirm": "1"})

    project.refresh_from_db()
    assert (project.ending, project.end_reason) == (Ending.STOPPED, "For dyrt.")


def stage_form(**changed):
    dates = {"starts_on": "2027-01-01", "ends_on": "2027-02-01"}
    return {"name": "Prøvedrift", "submission_key": uuid.uuid4()} | dates | changed


def test_a_delfase_is_added_once(leader_in, project):
    url, form = reverse("projects:stages", args=[project.pk]), stage_form()

    leader_in.post(url, form)
    leader_in.post(url, form)

    assert Stage.objects.get().number == 1


def test_a_delfase_does_not_begin_before_the_last_has_ended(leader_in, project):
    url = reverse("projects:stages", args=[project.pk])
    leader_in.post(url, stage_form())

    page = leader_in.post(url, stage_form(starts_on="2027-01-15")).content.decode()

    assert "Delfasen før slutter senere enn dette." in page


def test_in_avslutte_there_is_no_form_for_a_delfase(leader_in, project):
    StageFactory(project=project)
    Project.objects.update(phase=ProjectPhase.CLOSING)

    page = leader_in.get(reverse("projects:stages", args=[project.pk])).content.decode()

    assert 'name="starts_on"' not in page
    assert reverse("projects:stage-edit", args=[project.pk, 1]) not in page


def test_a_delfase_is_changed_and_taken_away(leader_in, project):
    stage = StageFactory(project=project)
    url = reverse("projects:stage-edit", args=[project.pk, 1])
    dates = {"starts_on": stage.starts_on, "ends_on": stage.ends_on}

    leader_in.post(url, {"name": "Hele byen", "version": 0} | dates)
    assert Stage.objects.get().name == "Hele byen"

    leader_in.post(reverse("projects:stage-remove", args=[project.pk, 1]))
    assert not Stage.objects.exists()


def test_the_handover_says_who_answers_for_each_benefit(client, project, owner):
    BenefitFactory(project=project, name="Kortere kø")
    Project.objects.update(phase=ProjectPhase.CLOSING)
    client.force_login(owner)

    page = client.get(reverse("projects:handover", args=[project.pk])).content.decode()

    assert "Én gevinst mangler" in page
    assert "Ingen har tatt ansvaret" in page


# «Min side»


def titles(user, today):
    return [task.title for task in gate_waiting_for(user, on=today)]


def test_the_decider_finds_the_case_on_their_own_page(project, owner, manager, today):
    project.name = "Digital nøkkel"
    project.save()
    GateCaseFactory(project=project, requested_by=project.manager)
    closing = GatedProjectFactory(owner=owner, name="Klart språk", phase=ProjectPhase.EXECUTION)
    GateCaseFactory(project=closing)

    assert titles(manager, today) == ["Ta beslutningen BP2 i «Digital nøkkel»"]
    assert titles(owner, today) == ["Ta beslutningen BP4 i «Klart språk»"]


def test_those_who_lead_it_find_what_was_sent_back(project, today):
    GateCaseFactory(
        project=project,
        status=CaseStatus.SENT_BACK,
        reason="Tallene mangler.",
        decided_by=project.owner,
        decided_at="2026-01-01T12:00Z",
    )

    assert titles(project.manager, today) == [f"Rett opp saken i «{project}»"]


def test_somebody_named_for_a_point_finds_it_until_it_is_done(project, person, today):
    named = person()
    point = answer(project, CheckpointState.OPEN, responsible=named)
    assert titles(named, today) == [f"Avklar ett punkt i «{project}»"]

    point.state = CheckpointState.DONE
    point.save()

    assert titles(named, today) == []


def test_the_owner_is_asked_to_hand_over_the_benefits(project, owner, today):
    BenefitFactory(project=project)
    assert titles(owner, today) == []

    Project.objects.update(phase=ProjectPhase.CLOSING)

    assert titles(owner, today) == [f"Fordel ansvaret for gevinstene i «{project}»"]
