"""Tells in headers what an answer took. Stands around the floor too, so it costs both the same."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

QUERIES = "X-Queries"
PROCESSOR = "X-Processor"  # seconds of the thread that answered; the database's are not in them


def tell_costs(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        count = 0

        def one_more(execute: Any, *arguments: Any) -> Any:
            nonlocal count
            count += 1
            return execute(*arguments)

        start = time.thread_time()
        with connection.execute_wrapper(one_more):
            response = get_response(request)
        response[PROCESSOR] = str(time.thread_time() - start)
        response[QUERIES] = str(count)
        return response

    return middleware
