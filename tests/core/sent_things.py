"""Pictures and PDFs as people send them, made on the spot."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image, PngImagePlugin

GPS, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F
SECRETS = (b"Gjovik 60.79N", b"Hasselblad", b"Kari Nordmann")


def picture(kind="JPEG", *, size=(40, 20), mode="RGB", **saving) -> bytes:
    drawn = Image.new(mode, size)
    drawn.paste(drawn.getbands() and (255,) + (0,) * (len(drawn.getbands()) - 1), (0, 0, 10, 20))
    written = io.BytesIO()
    drawn.save(written, kind, **saving)
    return written.getvalue()


def from_a_phone(kind="JPEG", *, orientation=6) -> bytes:
    """With place, camera and owner, and lying on its side."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKE] = "Hasselblad"
    exif.get_ifd(GPS)[29] = "Gjovik 60.79N"
    more = {}
    if kind == "PNG":
        more["pnginfo"] = PngImagePlugin.PngInfo()
        more["pnginfo"].add_text("Author", "Kari Nordmann")
    if kind == "JPEG":
        more["comment"] = b"Kari Nordmann"
    return picture(kind, exif=exif, **more)


def pdf(**how) -> bytes:
    """With an author, a script, a file inside, a link out, a page to jump to, and a photo."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(200, 200))
    page.contents_add(b"BT (Hei) Tj ET")
    made.docinfo["/Author"] = "Kari Nordmann"
    with made.open_metadata() as metadata:
        metadata["dc:creator"] = ["Kari Nordmann"]
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('SCRIPT-1')"))
    made.Root.OpenAction = made.make_indirect(script)
    made.Root.AA = Dictionary(WC=Dictionary(S=Name.JavaScript, JS=String("SCRIPT-2")))
    made.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([String("x"), made.make_indirect(script)]))
    )
    made.attachments["virus.exe"] = b"MZ-EMBEDDED"
    photo = Stream(made, from_a_phone())
    photo.Type, photo.Subtype, photo.Filter = Name.XObject, Name.Image, Name.DCTDecode
    photo.Width, photo.Height, photo.BitsPerComponent = 40, 20, 8
    photo.ColorSpace = Name.DeviceRGB
    page.obj.Resources = Dictionary(XObject=Dictionary(Photo=photo))
    page.obj.AA = Dictionary(O=script)
    page.obj.Annots = Array(
        [
            _note(Name.Link, A=Dictionary(S=Name.URI, URI=String("https://ut.example"))),
            _note(Name.Link, A=Dictionary(S=Name.Launch, F=String("cmd.exe"))),
            _note(Name.Link, A=Dictionary(S=Name.GoTo, D=Array([page.obj, Name.Fit]))),
            _note(Name.FileAttachment),
        ]
    )
    written = io.BytesIO()
    made.save(written, **how)
    return written.getvalue()


def _note(subtype, **more):
    return Dictionary(Type=Name.Annot, Subtype=subtype, Rect=Array([0, 0, 9, 9]), **more)
