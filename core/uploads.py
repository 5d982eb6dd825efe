"""A file that is far too large is not written to disk, and the form can still say so plainly."""

import io

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

KEPT_BYTES = 10 * 1024 * 1024  # above what any form takes


class OversizedFile(UploadedFile):
    """Knows its name and its size, and holds nothing."""

    def __init__(self, name: str | None, content_type: str | None, size: int) -> None:
        super().__init__(io.BytesIO(), name, content_type, size)


class BoundedFileUploadHandler(TemporaryFileUploadHandler):
    """Writes at most `KEPT_BYTES` of a file to disk. What comes after is only counted."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= KEPT_BYTES:
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if file_size <= KEPT_BYTES:
            return super().file_complete(file_size)
        self.upload_interrupted()  # closes and removes what was written
        return OversizedFile(self.file_name, self.content_type, file_size)
