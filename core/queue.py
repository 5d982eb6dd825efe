"""Handing work to the workers without losing it.

What has to be done stands as a row in the database first; the message to the broker only says
that it may be done now. If the broker is down the message is dropped, and the schedule
(gjovik_digi/schedule.py) finds the row again within a minute.
"""

import logging
from typing import Any

from celery import Task
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def enqueue(task: Task, *args: Any) -> bool:
    """Tell the workers now. False, and a line in the log, when the broker is down."""
    try:
        task.apply_async(args, retry=False)
    except (OperationalError, ConnectionError) as error:
        logger.warning("Broker down, %s%s waits in the database: %s", task.name, args, error)
        return False
    return True


def enqueue_on_commit(task: Task, *args: Any) -> None:
    """Tell the workers once the transaction stands."""
    transaction.on_commit(lambda: enqueue(task, *args))
