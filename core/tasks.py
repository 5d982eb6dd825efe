from celery import shared_task

from core import mail


@shared_task
def send_mail(mail_id: int) -> None:
    mail.send(mail_id)
