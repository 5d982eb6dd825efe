from celery import shared_task

from core import charts, mail
from core.models import Chart


@shared_task
def draw_chart(chart_id: int) -> None:
    charts.draw(Chart.objects.get(pk=chart_id))


@shared_task
def send_mail(mail_id: int) -> None:
    mail.send(mail_id)
