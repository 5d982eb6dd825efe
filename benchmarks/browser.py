"""A visitor with a connection that stays open, and a cookie jar."""

import re
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode

CSRF_FIELD = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Login:
    email: str
    password: str


@dataclass(frozen=True)
class Answer:
    status: int
    seconds: float
    processor_seconds: float
    size: int
    queries: int
    body: bytes


class Browser:
    def __init__(self, host: str, port: int) -> None:
        self._connection = HTTPConnection(host, port, timeout=120)
        self._cookies: dict[str, str] = {}

    def with_cookies_of(self, other: "Browser") -> "Browser":
        self._cookies = dict(other._cookies)
        return self

    def get(self, path: str) -> Answer:
        return self._send("GET", path)

    def must_get(self, path: str) -> Answer:
        answer = self.get(path)
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        return answer

    def post(self, path: str, form: dict[str, str]) -> Answer:
        return self._send("POST", path, urlencode(form))

    def log_in(self, login: Login) -> None:
        page = self.must_get("/logg-inn/").body.decode()
        token = CSRF_FIELD.search(page)
        assert token is not None
        form = {"csrfmiddlewaretoken": token[1], "login": login.email, "password": login.password}
        answer = self._send("POST", "/logg-inn/", urlencode(form))
        if answer.status != 302:
            raise RuntimeError(f"Could not log in as {login.email}: {answer.status}")

    def _send(self, method: str, path: str, body: str | None = None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        start = time.perf_counter()
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - start
        self._keep_cookies(response)
        return Answer(
            status=response.status,
            seconds=seconds,
            processor_seconds=float(response.headers.get("X-Processor", 0)),
            size=len(content),
            queries=int(response.headers.get("X-Queries", 0)),
            body=content,
        )

    def _keep_cookies(self, response: HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self._cookies[name] = morsel.value
