"""Seeds made of text: the same in every process, for the model and for the program that builds it again."""

from zlib import crc32


def number_of(text: str) -> int:
    """A seed from 0 to 2**31 - 1 that is the same for the same text in every process."""
    return crc32(text.encode()) >> 1
