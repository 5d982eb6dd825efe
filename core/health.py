"""Is everything this application leans on alive?"""

from celery import current_app
from django.db import DatabaseError, connection
from kombu.exceptions import OperationalError

ANSWER_WITHIN = 1  # seconds, for each of broker and worker


def database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def broker() -> bool:
    try:
        with current_app.connection_for_write() as connected:
            connected.ensure_connection(max_retries=0, timeout=ANSWER_WITHIN)
    except (OperationalError, ConnectionError):
        return False
    return True


def worker() -> bool:
    try:
        return bool(current_app.control.ping(timeout=ANSWER_WITHIN, limit=1))
    except (OperationalError, ConnectionError):
        return False


def check() -> dict[str, bool]:
    """Which of database, broker and worker answer."""
    broker_answers = broker()
    return {
        "database": database(),
        "broker": broker_answers,
        "worker": broker_answers and worker(),
    }
