import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from core.uploads import KEPT_BYTES, BoundedFileUploadHandler
from core.workbook_fields import WorkbookUploadField
from tests.core.nasty_files import upload, with_macros, workbook


class UploadForm(forms.Form):
    file = WorkbookUploadField()


def sent(*files: SimpleUploadedFile) -> UploadForm:
    """The form as a view makes it of a request, through the upload handlers."""
    request = RequestFactory().post("/", {"file": list(files)})
    return UploadForm(request.POST, request.FILES)


def test_a_workbook_is_read_by_its_field():
    form = sent(upload(workbook(), "skjema.xlsx"))

    assert form.is_valid()
    assert form.cleaned_data["file"].file_name == "skjema.xlsx"
    assert list(form.cleaned_data["file"].sheets) == ["Innovasjon"]


def test_what_is_wrong_with_the_file_stands_beside_the_field():
    form = sent(upload(with_macros()))

    assert form.errors == {
        "file": ["Fila har makroer, og det tar vi ikke imot. Lagre den uten makroer, som .xlsx."]
    }


@pytest.mark.parametrize(
    ("files", "words"),
    [((), "Velg fila du vil laste opp."), ((upload(b""),), "Fila er tom.")],
)
def test_no_file_and_an_empty_file_are_told_apart(files, words):
    assert sent(*files).errors == {"file": [words]}


def test_fifty_megabytes_get_a_plain_answer_and_leave_no_file(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)

    form = sent(upload(b"PK\x03\x04" + b"0" * 50 * 1024 * 1024, "stor.xlsx"))

    assert form.errors == {"file": ["Fila er på 50\u00a0MB. Den kan være på høyst 5\u00a0MB."]}
    assert list(tmp_path.iterdir()) == []


def test_what_is_too_large_is_counted_and_not_written(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    megabyte = b"0" * 1024 * 1024
    handler = BoundedFileUploadHandler()
    handler.new_file("file", "stor.xlsx", "application/zip", None)

    for number in range(50):
        handler.receive_data_chunk(megabyte, number * len(megabyte))
    handler.file.flush()
    (written,) = tmp_path.iterdir()
    assert written.stat().st_size == KEPT_BYTES

    found = handler.file_complete(50 * len(megabyte))
    assert (found.size, found.read(), list(tmp_path.iterdir())) == (50 * len(megabyte), b"", [])
    found.close()


def test_the_field_says_what_it_takes():
    field = UploadForm()["file"]

    assert field.help_text == "Et regneark i formatet .xlsx, på høyst 5\u00a0MB."
    assert ".xlsx" in field.as_widget()
