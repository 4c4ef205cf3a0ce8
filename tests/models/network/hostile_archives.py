"""Archives that are broken, lie, or want to be something else: name -> (bytes, code of the refusal)."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from functools import partial

from tests.models.network.keras_files import PARTS, PLAIN, packed, replaced

File = tuple[bytes, str]
Make = Callable[[], File]
MEGABYTE = 2**20


def with_member(name: str, data: bytes = b"", attributes: int = 0) -> bytes:
    """The plain file with one more member."""
    stream = io.BytesIO(PLAIN)
    with zipfile.ZipFile(stream, "a") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = attributes << 16
        archive.writestr(info, data)
    return stream.getvalue()


def renamed(old: str, new: str) -> bytes:
    """The plain file with one part under another name."""
    return packed({new if name == old else name: data for name, data in PARTS.items()})


def linked() -> bytes:
    """A configuration that is a symbolic link."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in PARTS.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (0o120777 if name == "config.json" else 0o100644) << 16
            archive.writestr(info, b"/etc/passwd" if name == "config.json" else data)
    return stream.getvalue()


def patched(offset: int, form: str, *values: int, data: bytes = PLAIN, part: str = "config.json") -> bytes:
    """The file with other numbers in the directory's entry of a part, `offset` bytes from the entry's start."""
    changed = bytearray(data)
    start = data.rindex(b"PK\1\2", 0, data.rindex(part.encode()))
    struct.pack_into(form, changed, start + offset, *values)
    return bytes(changed)


def cut_off(length: int) -> File:
    return PLAIN[:length], "network_file_damaged"


def described(text: bytes, code: str) -> File:
    return replaced(config=text), code


def truncated() -> Iterator[tuple[str, Make]]:
    """The file cut at many places."""
    shares = [len(PLAIN) * share // 40 for share in range(1, 40)]
    for cut in (*shares, *(len(PLAIN) - missing for missing in (1, 2, 10, 21, 22, 23, 60, 100, 200))):
        yield f"cut at {cut} of {len(PLAIN)}", partial(cut_off, cut)


def crowded() -> bytes:
    """A directory of very many entries."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"{number}", b"")
    return stream.getvalue()


def doubled() -> bytes:
    """Two parts of one name: whoever checks one may use the other."""
    with_two = with_member("config.jsoX", PARTS["config.json"])
    return with_two.replace(b"config.jsoX", b"config.json")


def doubled_and_three() -> bytes:
    """Two parts of one name, and the right number of them."""
    two = packed(
        {"config.json": PARTS["config.json"], "config.jsoX": PARTS["config.json"], "metadata.json": PARTS["metadata.json"]}
    )
    return two.replace(b"config.jsoX", b"config.json")


def bomb(part: str, megabytes: int) -> bytes:
    """Zeros that unpack to very much more than they are."""
    return packed({**PARTS, part: bytes(megabytes * MEGABYTE)}, zipfile.ZIP_DEFLATED)


def zip64() -> bytes:
    """A locator that would send the reader of the directory elsewhere."""
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, 0, 1)
    directory_size, directory_at = struct.unpack("<LL", PLAIN[-10:-2])
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 3, 3, directory_size + len(locator), directory_at, 0)
    return PLAIN[:-22] + locator + end


SIMPLE: dict[str, Make] = {
    "nothing": lambda: (b"", "network_file_other"),
    "two letters": lambda: (b"PK", "network_file_damaged"),
    "a text": lambda: (b"import os; os.system('true')", "network_file_other"),
    "a picture": lambda: (b"\x89PNG\r\n\x1a\n" + bytes(100), "network_file_other"),
    "a pickle": lambda: (b"\x80\x05cos\nsystem\n(S'true'\ntR.", "network_file_other"),
    "an older network": lambda: (PARTS["model.weights.h5"], "network_file_old"),
    "an empty archive": lambda: (packed({}), "network_file_parts"),
    "too large": lambda: (PLAIN + bytes(50 * MEGABYTE), "network_file_too_large"),
    "no description": lambda: (
        packed({name: PARTS[name] for name in ("metadata.json", "model.weights.h5")}),
        "network_file_parts",
    ),
    "no weights": lambda: (packed({name: PARTS[name] for name in ("metadata.json", "config.json")}), "network_file_parts"),
    "a fourth part": lambda: (with_member("assets/vocabulary.txt", b"x"), "network_file_parts"),
    "a module": lambda: (with_member("models.py", b"import os"), "network_file_parts"),
    "a path upwards": lambda: (renamed("config.json", "../config.json"), "network_file_parts"),
    "an absolute path": lambda: (renamed("config.json", "/config.json"), "network_file_parts"),
    "another case": lambda: (renamed("config.json", "Config.json"), "network_file_parts"),
    "a folder": lambda: (renamed("config.json", "config.json/"), "network_file_parts"),
    "weights of another format": lambda: (renamed("model.weights.h5", "model.weights.npz"), "network_file_parts"),
    "a part twice": lambda: (doubled(), "network_file_parts"),
    "a part twice, another missing": lambda: (doubled_and_three(), "network_file_parts"),
    "a symbolic link": lambda: (linked(), "network_file_damaged"),
    "encrypted": lambda: (patched(8, "<H", 1), "network_file_encrypted"),
    "strongly encrypted": lambda: (patched(8, "<H", 0x41), "network_file_encrypted"),
    "a packing that is not taken": lambda: (packed(PARTS, zipfile.ZIP_BZIP2), "network_file_damaged"),
    "another one": lambda: (packed(PARTS, zipfile.ZIP_LZMA), "network_file_damaged"),
    "an unknown packing": lambda: (patched(10, "<H", 99), "network_file_damaged"),
    "a wrong checksum": lambda: (patched(16, "<L", 12345), "network_file_damaged"),
    "a comment": lambda: (PLAIN[:-2] + b"\2\0hi", "network_file_damaged"),
    "something behind it": lambda: (PLAIN + b"hi", "network_file_damaged"),
    "something before it": lambda: (b"PK hi" + PLAIN, "network_file_damaged"),
    "very many entries": lambda: (crowded(), "network_file_parts"),
    "a directory elsewhere": lambda: (zip64(), "network_file_damaged"),
    "a bomb of text": lambda: (bomb("config.json", 40), "network_part_too_large"),
    "a bomb of metadata": lambda: (bomb("metadata.json", 40), "network_part_too_large"),
    "a bomb of weights": lambda: (bomb("model.weights.h5", 120), "network_part_too_large"),
    "a bomb that says it is small": lambda: (
        patched(24, "<L", 1000, data=bomb("config.json", 40)),
        "network_file_damaged",
    ),
    "a part that says it is smaller": lambda: (patched(24, "<L", 100), "network_file_damaged"),
    "a part that says it is larger": lambda: (patched(24, "<L", 3 * MEGABYTE), "network_file_damaged"),
    "a part that says it is very large": lambda: (patched(24, "<L", 2**32 - 2), "network_part_too_large"),
    "parts that overlap": lambda: (patched(42, "<L", 0), "network_file_damaged"),
    "a part beyond the end": lambda: (patched(42, "<L", 2**31), "network_file_damaged"),
    "Keras 2": lambda: (replaced(metadata=b'{"keras_version": "2.15.0"}'), "network_file_version"),
    "Keras 30": lambda: (replaced(metadata=b'{"keras_version": "30.1.0"}'), "network_file_version"),
    "no version": lambda: (replaced(metadata=b"{}"), "network_file_version"),
    "a version that is a list": lambda: (replaced(metadata=b'{"keras_version": [3]}'), "network_file_version"),
    "metadata that are no text": lambda: (replaced(metadata=b"\xff\xfe"), "network_text_unreadable"),
}

TEXTS: dict[str, tuple[bytes, str]] = {
    "no text": (b"", "network_text_unreadable"),
    "not UTF-8": (b'{"a": "\xff"}', "network_text_unreadable"),
    "UTF-16": ('{"a": 1}'.encode("utf-16"), "network_text_unreadable"),
    "a list": (b"[]", "network_text_unreadable"),
    "null": (b"null", "network_text_unreadable"),
    "cut off": (PARTS["config.json"][:-1], "network_text_unreadable"),
    "Python": (b"{'a': __import__('os')}", "network_text_unreadable"),
    "a name twice": (b'{"class_name": "Functional", "class_name": "Lambda"}', "network_text_twice"),
    "not a number": (b'{"a": NaN}', "network_text_number"),
    "infinity": (b'{"a": [-Infinity]}', "network_text_number"),
    "infinity in digits": (b'{"a": 1e999}', "network_text_number"),
    "a very long number": (b'{"a": ' + b"9" * 100_000 + b"}", "network_text_number"),
    "very deep": (b'{"a": ' + b"[" * 500_000 + b"]" * 500_000 + b"}", "network_text_too_deep"),
    "very deep, of objects": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "network_text_too_deep"),
    "very many values": (b'{"a": [' + b"0," * 1_000_000 + b"0]}", "network_text_too_long"),
    "a text that never ends": (b'{"a": "' + b'\\"' * 1_000_000, "network_text_unreadable"),
    "quotation marks": (b'"' * 2_000_001, "network_text_unreadable"),
    "an empty description": (b"{}", "network_own_model"),
}
"""Name -> (description, code of the refusal)."""


def archives() -> Iterator[tuple[str, Make]]:
    """Every hostile archive."""
    yield from SIMPLE.items()
    for name, (text, code) in TEXTS.items():
        yield f"description: {name}", partial(described, text, code)
    yield from truncated()
