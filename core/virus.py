"""A virus scanner that speaks ClamAV's protocol (INSTREAM), when settings.CLAMAV_URL names one."""

import logging
import socket
import struct
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings

logger = logging.getLogger(__name__)

ANSWER_WITHIN = 10  # seconds
CHUNK = 1 << 16
LONGEST_ANSWER = 4096


class Verdict(StrEnum):
    CLEAN = "clean"
    INFECTED = "infected"
    UNKNOWN = "unknown"  # the scanner did not answer, or not with a verdict


def is_on() -> bool:
    return bool(settings.CLAMAV_URL)


def scan(content: bytes) -> Verdict:
    try:
        answer = _ask(content)
    except OSError as error:
        logger.warning("The virus scanner does not answer: %s", error)
        return Verdict.UNKNOWN
    if answer == b"stream: OK":
        return Verdict.CLEAN
    if answer.startswith(b"stream: ") and answer.endswith(b" FOUND"):
        return Verdict.INFECTED
    logger.warning("The virus scanner says %r", answer[:200])
    return Verdict.UNKNOWN


def _ask(content: bytes) -> bytes:
    """Each chunk goes with its length before it, and a length of nothing is the end."""
    with _connected() as scanner:
        scanner.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            chunk = content[start : start + CHUNK]
            scanner.sendall(struct.pack("!L", len(chunk)) + chunk)
        scanner.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
            more = scanner.recv(LONGEST_ANSWER)
            if not more:
                break
            answer += more
    return answer.rstrip(b"\0").strip()


def _connected() -> socket.socket:
    url = urlsplit(settings.CLAMAV_URL)
    if url.scheme == "unix":
        scanner = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        scanner.settimeout(ANSWER_WITHIN)
        try:
            scanner.connect(url.path)
        except OSError:
            scanner.close()
            raise
        return scanner
    return socket.create_connection((url.hostname or "localhost", url.port or 3310), ANSWER_WITHIN)
