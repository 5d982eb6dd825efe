"""The short code of an idea: a letter for the municipality, the year, a number (G26-062)."""

from django.db import connection

from ideas.models import CodeCounter

NEXT = """
INSERT INTO {table} (year, last) VALUES (%s, 1)
ON CONFLICT (year) DO UPDATE SET last = {table}.last + 1
RETURNING last
"""


def next_code(year: int, *, prefix: str) -> str:
    """Take the next number of the year. Two at once get two numbers; a refusal leaves a gap."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT.format(table=CodeCounter._meta.db_table), [year])
        (number,) = cursor.fetchone()
    return f"{prefix}{year % 100:02}-{number:03}"


def normalise(code: str) -> str:
    """What a person types for a code, as it is stored: «g26 62» → «G26-062»."""
    letters = "".join(character for character in code.upper() if character.isalnum())
    head = letters.rstrip("0123456789")
    digits = letters[len(head) :]
    if not head or len(digits) < 3:
        return code.strip().upper()
    return f"{head}{digits[:2]}-{int(digits[2:]):03}"
