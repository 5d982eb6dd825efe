"""The Celery app. Tasks stand in each app's tasks.py; what runs by the clock is in schedule.py."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gjovik_digi.settings")

app = Celery("gjovik_digi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["gjovik_digi"], related_name="schedule")
