"""What runs by the clock: beat entries and their tasks. The top layer: may call any app's actions.

Every minute the workers are told again about what still waits in the database, so that a broker
or a worker that was down delays work and loses none.
"""

from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

import annual.actions.reports
import benefits.actions
import benefits.actions.portfolio
import core.tasks
import ideas.actions
import maturity.actions
import prioritization.actions
import prioritization.memo_actions
import projects.actions
from core import search
from core.models import Chart, OutgoingMail
from core.queue import enqueue
from gjovik_digi import forgetting
from gjovik_digi.celery import app
from ideas.models import Idea
from projects.actions.portfolio import requeue_stale_portfolio_files
from projects.models import Project

SEARCHED = (Idea, Project)
AT_ONCE = 200  # the most that is told again in one go


@shared_task
def send_waiting_mail() -> None:
    for mail_id in (
        OutgoingMail.objects.waiting().order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    ):
        enqueue(core.tasks.send_mail, mail_id)


@shared_task
def draw_waiting_charts() -> None:
    for chart_id in Chart.objects.waiting().order_by("pk").values_list("pk", flat=True)[:AT_ONCE]:
        enqueue(core.tasks.draw_chart, chart_id)


@shared_task
def make_waiting_memos() -> None:
    prioritization.memo_actions.requeue_stale(at=timezone.now())


@shared_task
def make_waiting_protocols() -> None:
    prioritization.actions.requeue_stale_protocols(at=timezone.now())


@shared_task
def make_waiting_minutes() -> None:
    projects.actions.requeue_stale_minutes(at=timezone.now())


@shared_task
def make_waiting_products() -> None:
    projects.actions.requeue_stale_product_files(at=timezone.now())


@shared_task
def solve_waiting_scenarios() -> None:
    prioritization.actions.requeue_stale_solutions(at=timezone.now())


@shared_task
def compute_waiting_robustness() -> None:
    prioritization.actions.requeue_stale_robustness(at=timezone.now())


@shared_task
def remind_of_measurement() -> None:
    maturity.actions.remind_due(on=timezone.localdate())


@shared_task
def ask_for_benefits() -> None:
    benefits.actions.ask_for_measurements(on=timezone.localdate())


@shared_task
def remind_of_status() -> None:
    projects.actions.remind_of_status(on=timezone.localdate())


@shared_task
def make_waiting_portfolio_files() -> None:
    requeue_stale_portfolio_files(at=timezone.now())


@shared_task
def make_waiting_status_files() -> None:
    projects.actions.requeue_stale_status_files(at=timezone.now())


@shared_task
def make_waiting_benefits_portfolios() -> None:
    benefits.actions.portfolio.requeue_stale_portfolio_files(at=timezone.now())


@shared_task
def make_waiting_plan_files() -> None:
    benefits.actions.requeue_stale_plan_files(at=timezone.now())


@shared_task
def check_waiting_files() -> None:
    ideas.actions.check_waiting_files()
    projects.actions.check_waiting_product_files()
    benefits.actions.check_waiting_measurement_files()


@shared_task
def count_search_words() -> None:
    for model in SEARCHED:
        search.count_words(model)


@shared_task
def make_waiting_reports() -> None:
    maturity.actions.requeue_stale_reports(at=timezone.now())


@shared_task
def make_waiting_annual_reports() -> None:
    annual.actions.reports.requeue_stale_reports(at=timezone.now())


@shared_task
def forget_personal_data() -> None:
    forgetting.run(at=timezone.now())


@shared_task
def return_parked_ideas() -> None:
    ideas.actions.return_parked(on=timezone.localdate(), at=timezone.now())


app.conf.beat_schedule = {
    "send waiting mail": {"task": send_waiting_mail.name, "schedule": 60.0},
    "draw waiting charts": {"task": draw_waiting_charts.name, "schedule": 60.0},
    "make waiting memos": {"task": make_waiting_memos.name, "schedule": 60.0},
    "make waiting protocols": {"task": make_waiting_protocols.name, "schedule": 60.0},
    "make waiting minutes": {"task": make_waiting_minutes.name, "schedule": 60.0},
    "make waiting products": {"task": make_waiting_products.name, "schedule": 60.0},
    "solve waiting scenarios": {"task": solve_waiting_scenarios.name, "schedule": 60.0},
    "compute waiting robustness": {
        "task": compute_waiting_robustness.name,
        "schedule": 60.0,
    },
    "make waiting reports": {"task": make_waiting_reports.name, "schedule": 60.0},
    "make waiting annual reports": {
        "task": make_waiting_annual_reports.name,
        "schedule": 60.0,
    },
    "remind of measurement": {
        "task": remind_of_measurement.name,
        "schedule": crontab(hour="8-15", minute="5"),  # again, should the day's first have failed
    },
    "ask for benefits": {
        "task": ask_for_benefits.name,
        "schedule": crontab(hour="8-15", minute="25"),  # again, should the day's first have failed
    },
    "remind of status": {
        "task": remind_of_status.name,
        "schedule": crontab(hour="8-15", minute="15"),  # again, should the day's first have failed
    },
    "make waiting portfolio files": {
        "task": make_waiting_portfolio_files.name,
        "schedule": 60.0,
    },
    "make waiting status files": {"task": make_waiting_status_files.name, "schedule": 60.0},
    "make waiting benefits portfolios": {
        "task": make_waiting_benefits_portfolios.name,
        "schedule": 60.0,
    },
    "make waiting plan files": {"task": make_waiting_plan_files.name, "schedule": 60.0},
    "check waiting files": {"task": check_waiting_files.name, "schedule": 60.0},
    "count search words": {"task": count_search_words.name, "schedule": crontab(minute="*/10")},
    "return parked ideas": {
        "task": return_parked_ideas.name,
        "schedule": crontab(hour="5", minute="0"),
    },
    "forget personal data": {
        "task": forget_personal_data.name,
        "schedule": crontab(hour="3", minute="30"),
    },
}
