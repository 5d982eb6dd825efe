import datetime as dt

from core.waiting import Task, most_urgent_first

TODAY = dt.date(2026, 6, 9)


def _task(title: str, days: int | None) -> Task:
    due = None if days is None else TODAY + dt.timedelta(days=days)
    return Task(title=title, text="", url="/", verb="Se", due_on=due)


def test_most_urgent_first_puts_the_longest_overdue_on_top_and_undated_last():
    tasks = [_task("Les", None), _task("Om tre dager", 3), _task("I går", -1), _task("I dag", 0)]

    assert [task.title for task in most_urgent_first(tasks)] == [
        "I går",
        "I dag",
        "Om tre dager",
        "Les",
    ]


def test_days_left_counts_from_the_date_given():
    assert [_task("", days).days_left(TODAY) for days in (3, -2, None)] == [3, -2, None]
