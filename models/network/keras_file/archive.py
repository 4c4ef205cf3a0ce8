"""The archive around a `.keras` file: three parts, their bytes counted while they are unpacked."""

import io
import stat
import struct
import zipfile
import zlib
from typing import NamedTuple

from models.errors import LearnerError

MEGABYTE = 2**20
LARGEST_FILE = 50 * MEGABYTE
LARGEST_PARTS = {"config.json": 4 * MEGABYTE, "metadata.json": MEGABYTE // 64, "model.weights.h5": 64 * MEGABYTE}
"""Name -> the most bytes it may hold once unpacked. An archive has these three parts and no other."""

LARGEST_DIRECTORY = 4096
END = struct.Struct("<4s4H2LH")
"""The record that ends an archive: signature, two disk numbers, two counts, directory's size and place, comment's length."""

ZIP64 = b"PK\6\7"
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1 | 0x40 | 0x2000
UNREADABLE = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, RuntimeError, OverflowError)


class Archive(NamedTuple):
    """The bytes of the three parts."""

    config: bytes
    metadata: bytes
    weights: bytes


def unpack(data: bytes) -> Archive:
    """The parts of a `.keras` file.

    Raises:
        LearnerError: `network_file_too_large` (megabytes, limit), `network_file_old` (an HDF5 file), `network_file_other`
            (no archive), `network_file_damaged` (part), `network_file_parts` (parts, those found, at most ten),
            `network_file_encrypted`, `network_part_too_large` (part, megabytes, limit).
    """
    if len(data) > LARGEST_FILE:
        size = round(len(data) / MEGABYTE, 1)
        raise LearnerError("network_file_too_large", megabytes=size, limit=LARGEST_FILE // MEGABYTE)
    if data.startswith(b"\x89HDF"):
        raise LearnerError("network_file_old")
    if not data.startswith(b"PK"):
        raise LearnerError("network_file_other")
    check_end(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = {info.filename: info for info in archive.infolist()}
            if len(archive.infolist()) != len(LARGEST_PARTS) or set(infos) != set(LARGEST_PARTS):
                raise LearnerError("network_file_parts", parts=tuple(info.filename[:60] for info in archive.infolist()[:10]))
            parts = {name: part(archive, info) for name, info in infos.items()}
    except UNREADABLE as error:
        raise LearnerError("network_file_damaged", part=".keras") from error
    return Archive(parts["config.json"], parts["metadata.json"], parts["model.weights.h5"])


def check_end(data: bytes) -> None:
    """Refuse an archive whose directory is missing, elsewhere than at its end, or large.

    `zipfile` reads the whole directory before anything can be asked of it: a million entries would take a gigabyte. A ZIP64
    record could send it elsewhere; three parts of this size never need one.

    Raises:
        LearnerError: `network_file_damaged`, or `network_file_parts` for a directory that is too large.
    """
    if len(data) < END.size:
        raise LearnerError("network_file_damaged", part=".keras")
    signature, *_, size, place, comment = END.unpack(data[-END.size :])
    ends_well = signature == b"PK\5\6" and comment == 0 and place + size == len(data) - END.size
    if not ends_well or data[-END.size - 20 : -END.size].startswith(ZIP64):
        raise LearnerError("network_file_damaged", part=".keras")
    if size > LARGEST_DIRECTORY:
        raise LearnerError("network_file_parts", parts=())


def part(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """One part's bytes, whatever sizes the archive claims for it."""
    if info.flag_bits & ENCRYPTED:
        raise LearnerError("network_file_encrypted")
    if info.compress_type not in PACKED or stat.S_ISLNK(info.external_attr >> 16):
        raise LearnerError("network_file_damaged", part=info.filename)
    limit = LARGEST_PARTS[info.filename]
    if info.file_size <= limit:
        with archive.open(info) as file:
            unpacked = file.read(info.file_size + 1)
        if len(unpacked) != info.file_size:
            raise LearnerError("network_file_damaged", part=info.filename)
        return unpacked
    size = round(info.file_size / MEGABYTE, 2)
    raise LearnerError("network_part_too_large", part=info.filename, megabytes=size, limit=limit / MEGABYTE)
