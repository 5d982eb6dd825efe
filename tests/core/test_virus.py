"""Against a small scanner that speaks the protocol, on a socket of its own."""

import socket
import struct
import threading

import pytest

from core import virus
from core.virus import Verdict

EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


class Scanner(threading.Thread):
    """Answers one question, as clamd does, or as one that is not well."""

    def __init__(self, path, answer=None):
        super().__init__(daemon=True)
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(path))
        self.listener.listen()
        self.answer = answer
        self.heard = b""
        self.start()

    def run(self):
        talking, _address = self.listener.accept()
        with talking, self.listener, talking.makefile("rb") as incoming:
            assert incoming.read(10) == b"zINSTREAM\0"
            while length := struct.unpack("!L", incoming.read(4))[0]:
                self.heard += incoming.read(length)
            found = b"stream: Eicar-Test FOUND\0" if EICAR in self.heard else b"stream: OK\0"
            talking.sendall(found if self.answer is None else self.answer)


@pytest.fixture
def scanner(tmp_path, settings):
    settings.CLAMAV_URL = f"unix://{tmp_path}/clamd.sock"

    def start(answer=None):
        return Scanner(tmp_path / "clamd.sock", answer)

    return start


def test_it_is_off_until_somebody_names_one(settings):
    assert not virus.is_on()
    settings.CLAMAV_URL = "tcp://clamav:3310"
    assert virus.is_on()


def test_a_clean_file_of_many_chunks_arrives_whole(scanner):
    running = scanner()
    content = bytes(range(256)) * 1000

    assert virus.scan(content) == Verdict.CLEAN
    assert running.heard == content


def test_a_virus_is_named_one(scanner):
    scanner()

    assert virus.scan(b"..." + EICAR) == Verdict.INFECTED


@pytest.mark.parametrize(
    "answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OKAY\0", b"\xff" * 9000]
)
def test_an_answer_that_is_no_verdict_is_none(scanner, answer):
    scanner(answer)

    assert virus.scan(b"hei") == Verdict.UNKNOWN


@pytest.mark.enable_socket
@pytest.mark.parametrize("url", ["unix:///nowhere/clamd.sock", "tcp://127.0.0.1:1"])
def test_nobody_answers(settings, url):
    settings.CLAMAV_URL = url

    assert virus.scan(b"hei") == Verdict.UNKNOWN


@pytest.mark.enable_socket
def test_it_is_asked_over_tcp_too(settings):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings.CLAMAV_URL = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
        answered = threading.Thread(target=_answer_ok, args=[listener])
        answered.start()
        assert virus.scan(b"hei") == Verdict.CLEAN
        answered.join()


def _answer_ok(listener):
    talking, _address = listener.accept()
    with talking:
        heard = b""
        while not heard.endswith(b"\0\0\0\0"):
            heard += talking.recv(1000)
        talking.sendall(b"stream: OK\0")
