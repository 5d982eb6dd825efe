import io
import struct
import zlib
from contextlib import suppress

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageOps

from core import sent_files
from core.errors import FileRefused
from core.sent_files import MAX_BYTES, clean, kind_of, safe_name
from tests.core.sent_things import SECRETS, from_a_phone, pdf, picture

# Pillow's own remarks on what it reads are no concern of the sender's.
pytestmark = pytest.mark.filterwarnings(
    "ignore::UserWarning:PIL", "ignore::PIL.Image.DecompressionBombWarning"
)


def sent(content, name="bilde.jpg"):
    return clean(SimpleUploadedFile(name, content))


def opened(file):
    return Image.open(io.BytesIO(file.content))


@pytest.mark.parametrize(
    ("kind", "stored"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")]
)
def test_a_picture_keeps_its_pixels_and_nothing_else(kind, stored):
    original = from_a_phone(kind)
    assert any(secret in original for secret in SECRETS)

    file = sent(original)

    found = opened(file)
    assert (file.kind, found.format, found.size) == (stored, kind, (20, 40))  # turned upright
    assert not found.getexif()
    assert not {"exif", "icc_profile", "comment", "Author"} & set(found.info)
    assert not any(secret in file.content for secret in SECRETS)


def test_the_picture_is_turned_and_not_only_its_size():
    red, black = opened(sent(from_a_phone("PNG"))).convert("RGB"), (0, 0, 0)

    assert red.getpixel((5, 2)) == (255, 0, 0)  # what was on the left is now on top
    assert red.getpixel((5, 35)) == black


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_jpegs_of_every_colour_space_are_taken(mode):
    assert opened(sent(picture("JPEG", mode=mode))).mode in {"L", "RGB"}


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_pngs_of_every_kind_are_taken_and_stay_see_through(mode):
    drawn = Image.new(mode, (4, 4))
    written = io.BytesIO()
    drawn.save(written, "PNG")

    assert ("A" in opened(sent(written.getvalue())).getbands()) == ("A" in mode)


def test_a_large_picture_is_made_smaller():
    assert max(opened(sent(picture("PNG", size=(5000, 10)))).size) == 4096


def test_of_a_film_only_the_first_picture_is_kept():
    first, second = Image.new("RGB", (4, 4)), Image.new("RGB", (4, 4), "white")
    written = io.BytesIO()
    first.save(written, "WEBP", save_all=True, append_images=[second])

    assert getattr(opened(sent(written.getvalue())), "n_frames", 1) == 1


def claiming(width, height):
    """A PNG of a few bytes that says it is far larger."""
    header = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    body = b"".join(
        struct.pack("!I", len(data)) + name + data + struct.pack("!I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("size", [(10_000, 10_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_refused_before_it_is_unpacked(size):
    with pytest.raises(FileRefused, match="Bildet"):
        sent(claiming(*size))


def test_a_picture_that_stops_halfway_is_refused():
    with pytest.raises(FileRefused, match="Lagre det på nytt"):
        sent(from_a_phone()[:500])


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"heix"])
def test_heic_is_refused_with_what_to_do(brand):
    with pytest.raises(FileRefused, match="Lagre det som JPEG"):
        sent(b"\0\0\0\x18ftyp" + brand + b"\0" * 100, "IMG_1.HEIC")


@pytest.mark.parametrize(
    "content", [b"GIF89a", b"<svg onload=alert(1)>", b"MZ", b"PK\x03\x04", b"<html>", b"\0" * 50]
)
def test_everything_else_is_refused_whatever_it_is_called(content):
    with pytest.raises(FileRefused, match="Vi tar imot"):
        sent(content, "bilde.jpg")


def test_an_empty_and_a_far_too_large_file_are_refused():
    with pytest.raises(FileRefused, match="tom"):
        sent(b"")
    with pytest.raises(FileRefused, match="høyst 10"):
        sent(b"\xff\xd8\xff" + b"0" * MAX_BYTES)


def _readable(each):
    if not isinstance(each, pikepdf.Stream):
        return each.unparse()
    return each.read_raw_bytes() if each.get("/Filter") == "/DCTDecode" else each.read_bytes()


def test_a_pdf_keeps_its_pages_and_loses_what_runs_and_tells():
    original = pdf()
    file = sent(original, "skjema.pdf")

    with pikepdf.open(io.BytesIO(file.content)) as found:
        everything = b"".join(_readable(each) for each in found.objects)
        assert b"(Hei) Tj" in everything
        kept = [note.A.S for note in found.pages[0].Annots if "/A" in note]
        assert kept == ["/GoTo"]
        assert len(found.pages[0].Annots) == 3
        assert found.pages[0].Resources.XObject.Photo.read_raw_bytes().startswith(b"\xff\xd8")
        assert not {"/OpenAction", "/AA", "/Metadata"} & set(found.Root.keys())
        assert not found.attachments
        assert "/Info" not in found.trailer
    for gone in (*SECRETS, b"SCRIPT-", b"MZ-EMBEDDED", b"cmd.exe", b"ut.example", b"JavaScript"):
        assert gone not in everything


def test_the_photo_in_a_cleaned_pdf_can_still_be_seen():
    with pikepdf.open(io.BytesIO(sent(pdf(), "a.pdf").content)) as found:
        photo = pikepdf.PdfImage(found.pages[0].Resources.XObject.Photo)
        assert photo.as_pil_image().size == (40, 20)


def test_what_was_deleted_in_an_earlier_version_of_the_pdf_is_gone():
    edited = pdf() + b"\n% KARI-ER-HER\n"

    assert b"KARI-ER-HER" not in sent(edited, "a.pdf").content


def test_a_pdf_with_a_password_is_refused():
    locked = pdf(encryption=pikepdf.Encryption(owner="a", user="b"))

    with pytest.raises(FileRefused, match="passord"):
        sent(locked, "a.pdf")


def test_a_pdf_that_is_locked_for_change_is_refused():
    with pytest.raises(FileRefused, match="låst"):
        sent(pdf(encryption=pikepdf.Encryption(owner="a", user="")), "a.pdf")


@pytest.mark.parametrize("content", [b"%PDF-1.7\n%%EOF", b"%PDF-1.7" + b"x" * 500, b"%PDF-"])
def test_a_broken_pdf_is_refused(content):
    with pytest.raises(FileRefused):
        sent(content, "a.pdf")


def test_a_note_on_a_page_that_is_no_note_is_left_out():
    document, written = pikepdf.new(), io.BytesIO()
    document.add_blank_page().Annots = Array([None, 5, Dictionary(Subtype=Name.Text)])
    document.save(written)

    with pikepdf.open(io.BytesIO(sent(written.getvalue(), "a.pdf").content)) as cleaned:
        assert [str(note.Subtype) for note in cleaned.pages[0].Annots] == ["/Text"]


@pytest.mark.parametrize("orientation", range(10))  # 1 to 8 have a meaning
def test_a_picture_is_turned_as_it_was_held(orientation):
    content = from_a_phone("PNG", orientation=orientation)

    turned = Image.open(io.BytesIO(clean(SimpleUploadedFile("a.png", content)).content))

    with Image.open(io.BytesIO(content)) as before:
        expected = ImageOps.exif_transpose(before)
    assert turned.convert("RGB").tobytes() == expected.convert("RGB").tobytes()
    assert turned.size == expected.size


PNG = from_a_phone("PNG")
SAMPLES = [from_a_phone("JPEG"), PNG, from_a_phone("WEBP"), pdf()]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SAMPLES), st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 255))))
@example(PNG, [(PNG.index(b"\x01\x0f\x00\x02") + 3, 4)])  # the camera's name, said to be a number
def test_any_damage_gives_a_clean_file_or_a_refusal(sample, damage):
    spoiled = bytearray(sample)
    for place, byte in damage:
        spoiled[place % len(spoiled)] = byte

    with suppress(FileRefused):
        file = sent(bytes(spoiled))
        assert kind_of(file.content) == file.kind


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Kø ved legevakta.JPG", "Kø ved legevakta.jpg"),
        ("bilde.exe", "bilde.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\kari\\kart.png", "kart.jpg"),
        ("<script>.jpg", "script.jpg"),
        ("\u202egpj.exe", "gpj.jpg"),
        ("", "fil.jpg"),
        ("\0\r\n.jpg", "fil.jpg"),
        ("a" * 300 + ".jpg", "a" * 100 + ".jpg"),
    ],
)
def test_safe_name(name, safe):
    assert safe_name(name, "image/jpeg") == safe


def test_the_fingerprint_is_of_what_is_kept():
    file = sent(picture())

    assert len(file.sha256) == 64
    assert sent_files.CleanFile("x", "image/png", b"").sha256.startswith("e3b0c442")
