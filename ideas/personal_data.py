"""What in a text looks like personal data: a national identity number, a phone, an e-mail address.

Ideas become public, so a person is warned before sending. Pure text in, findings out.
"""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum


class Found(StrEnum):
    NATIONAL_ID = "national_id"
    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True)
class Finding:
    kind: Found
    text: str  # as it was written
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


# Six digits and five, perhaps with something between: 010190 12345, 01.01.90-12345.
_ELEVEN = re.compile(r"(?<!\d)\d{2}[ .]?\d{2}[ .]?\d{2}[-\s.]{0,2}\d{3}[ .]?\d{2}(?!\d)")
_EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
# Norwegian numbers have eight digits and begin with 2 to 9; written in pairs, or 3-2-3.
_GAP = r"[ \u00a0\u202f.]?"
_PHONE = re.compile(
    rf"(?<![\w,./-])(?:(?:\+|00)47{_GAP})?[2-9]"
    rf"(?:\d{_GAP}\d\d{_GAP}\d\d{_GAP}\d\d|\d\d{_GAP}\d\d{_GAP}\d\d\d)(?![\w/-]|[,.]\d)"
)
# What eight digits are instead, when the word stands before or after them.
_NOT_A_PHONE = re.compile(r"(?:kr\.?|kroner|NOK)", re.IGNORECASE)

_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
SYNTHETIC = (40, 65, 80)  # added to the month in the registers' test numbers
D_NUMBER = 40  # added to the day for those without a national identity number


def find(text: str) -> list[Finding]:
    """All findings in the order they stand. No two of them share a character."""
    found: list[Finding] = []
    for kind, pattern, holds in (
        (Found.EMAIL, _EMAIL, _always),
        (Found.NATIONAL_ID, _ELEVEN, _is_national_id_match),
        (Found.PHONE, _PHONE, _is_phone),
    ):
        for match in pattern.finditer(text):
            finding = Finding(kind, match[0], match.start())
            if holds(match) and not any(_overlap(finding, earlier) for earlier in found):
                found.append(finding)
    return sorted(found, key=lambda finding: finding.start)


def is_national_id(digits: str) -> bool:
    """Eleven digits that may be somebody's: a date that exists, and both check digits right.

    Fødselsnummer and D-nummer, also synthetic ones. Source: Skatteetaten's documentation of
    the check digits (modulus 11).
    """
    if len(digits) != 11 or not digits.isascii() or not digits.isdigit():
        return False
    numbers = [int(digit) for digit in digits]
    return (
        _date_exists(numbers)
        and numbers[9] == _check_digit(numbers, _FIRST_WEIGHTS)
        and numbers[10] == _check_digit(numbers, _SECOND_WEIGHTS)
    )


def _check_digit(numbers: list[int], weights: tuple[int, ...]) -> int:
    """10 is no digit, so a number whose check would be 10 is never given to anybody."""
    rest = sum(weight * number for weight, number in zip(weights, numbers, strict=False)) % 11
    return 0 if rest == 0 else 11 - rest


def _date_exists(numbers: list[int]) -> bool:
    day, month = numbers[0] * 10 + numbers[1], numbers[2] * 10 + numbers[3]
    if day > D_NUMBER:
        day -= D_NUMBER
    months = [month - added for added in (0, *SYNTHETIC) if 1 <= month - added <= 12]
    if not months:
        return False
    try:
        dt.date(2000, months[0], day)  # a leap year: the century is not known
    except ValueError:
        return False
    return True


def _always(match: re.Match[str]) -> bool:
    return True


def _is_national_id_match(match: re.Match[str]) -> bool:
    return is_national_id("".join(character for character in match[0] if character.isdigit()))


def _is_phone(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 7) : match.start()]
    after = match.string[match.end() : match.end() + 8].lstrip()
    is_money = re.search(rf"{_NOT_A_PHONE.pattern}\s*$", before, re.IGNORECASE)
    return not is_money and not _NOT_A_PHONE.match(after)


def _overlap(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end


def without(text: str) -> str:
    """The text with what was found taken out."""
    for finding in reversed(find(text)):
        text = text[: finding.start].rstrip(" ,:") + text[finding.end :]
    return text
