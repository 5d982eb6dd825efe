from django.http import HttpResponse
from django.utils.http import content_disposition_header


def attachment(content: bytes, *, filename: str, content_type: str) -> HttpResponse:
    """A file to keep: never shown inline from our own origin."""
    return HttpResponse(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": content_disposition_header(True, filename),
            "X-Content-Type-Options": "nosniff",
            "Content-Length": str(len(content)),
        },
    )
