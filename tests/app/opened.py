"""A page of the app without a browser, and what it sends to its components."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

MAIN = Path(__file__).parents[2] / "app" / "main.py"


def opened(path: str, *, locale: str = "en-US", **query: str | list[str]) -> AppTest:
    """The page `/path?query` as somebody new would see it."""
    page = AppTest.from_file(str(MAIN), default_timeout=60)
    page.context["locale"] = locale
    page.query_params.update(query)
    # AppTest switches to pages that are files of their own only; ours are functions.
    page._page_hash = calc_hash(path)
    return page.run()


def words(page: AppTest) -> str:
    """All that the page says in Markdown."""
    elements = (element for kind in ("title", "subheader", "markdown", "caption") for element in page.get(kind))
    return "\n".join(str(getattr(element, "value", "")) for element in elements)


def payload(page: AppTest, key: str) -> bytes:
    """What the component `key` was sent."""
    (found,) = [element.proto for element in page.get("bidi_component") if f"-{key}" in element.proto.id]
    return bytes(found.bytes)


def unpacked(sent: bytes) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """The header and the arrays of a payload, as the browser reads them."""
    start = 4 + int.from_bytes(sent[:4], "little")
    header = json.loads(sent[4:start])
    arrays = {}
    for name, told in header["arrays"].items():
        count, dtype = int(np.prod(told["shape"])), np.dtype(told["dtype"])
        arrays[name] = np.frombuffer(sent, dtype, count, start + told["offset"]).reshape(told["shape"])
    return header, arrays
