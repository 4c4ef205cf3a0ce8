"""What kind of file some bytes are, told by their first bytes and never by a name."""

from models.errors import LearnerError

_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
)
_OTHER_FILES = (
    (b"%PDF-", "PDF"),
    (b"8BPS", "Photoshop"),
    (b"\0\0\1\0", "ICO"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"PK\3\4", "ZIP"),
)
_BMP_HEADER_SIZES = (12, 40, 52, 56, 64, 108, 124)
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1"})


def recognise(data: bytes) -> str:
    """One of "PNG", "JPEG", "WEBP", "GIF", "BMP" and "TIFF".

    Raises:
        LearnerError: `upload_heic` for the pictures of an iPhone, `upload_other_kind` with the `kind` of another well-known
            file, `upload_not_an_image` for all the rest.
    """
    picture = _picture(data)
    if picture is not None:
        return picture
    other = _other_file(data)
    if other == "HEIC":
        raise LearnerError("upload_heic")
    if other is not None:
        raise LearnerError("upload_other_kind", kind=other)
    raise LearnerError("upload_not_an_image")


def _picture(data: bytes) -> str | None:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    # "BM" alone also begins ordinary words; the size of the header that follows does not.
    if data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in _BMP_HEADER_SIZES:
        return "BMP"
    return _by_start(data, _PICTURES)


def _other_file(data: bytes) -> str | None:
    if data[4:8] == b"ftyp":
        return _by_brand(data)
    head = data[:2048].lower()
    if b"<svg" in head:
        return "SVG"
    if b"<html" in head or b"<!doctype html" in head:
        return "HTML"
    return _by_start(data, _OTHER_FILES)


def _by_start(data: bytes, signatures: tuple[tuple[bytes, str], ...]) -> str | None:
    return next((kind for start, kind in signatures if data.startswith(start)), None)


def _by_brand(data: bytes) -> str:
    # ISO base media file: box length, "ftyp", main brand, version, compatible brands of four letters each.
    end = min(int.from_bytes(data[:4], "big"), 256)
    brands = {data[8:12]} | {data[start : start + 4] for start in range(16, end, 4)}
    if brands & {b"avif", b"avis"}:
        return "AVIF"
    return "HEIC" if brands & _HEIC_BRANDS else "MP4"
