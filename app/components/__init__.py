"""Browser parts that Streamlit lacks. The scripts are static files in `app/static`; each module here is the door to one."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

STATIC = Path(__file__).parents[1] / "static"
EXACT_BYTES = 200_000


def _version() -> str:
    contents = b"".join(path.read_bytes() for path in sorted(STATIC.iterdir()) if path.is_file())
    return hashlib.sha256(contents).hexdigest()[:12]


# Streamlit's own script tells where the server's root is, also under a base path and on a sub-page.
LOADER = """const own = document.querySelector('script[type="module"][src*="static/js/"]').src;
const root = new URL("../../app/static/", own);
const ready = import(new URL("{script}?v={version}", root));
export default function (component) {{
  ready.then((module) => module.default(component));
}}
"""


def component(script: str) -> Any:
    """Register the component whose code is `app/static/<script>`."""
    return st.components.v2.component(
        f"convscope_{Path(script).stem}", html="<div></div>", js=LOADER.format(script=script, version=_version())
    )


def pack(header: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """One payload for the browser: `[u32 header length][JSON header][arrays]`, little-endian, each array on 8 bytes.

    The header's `arrays` says of each: dtype, shape, offset from the end of the header.
    """
    described, blobs, offset = {}, [], 0
    for name, array in arrays.items():
        blob = np.ascontiguousarray(array).tobytes()
        described[name] = {"dtype": array.dtype.name, "shape": array.shape, "offset": offset}
        blobs.append(blob.ljust(-(-len(blob) // 8) * 8, b"\0"))
        offset += len(blobs[-1])
    text = json.dumps({**header, "arrays": described}, allow_nan=False, ensure_ascii=False).encode()
    text = text.ljust(-(-(len(text) + 4) // 8) * 8 - 4, b" ")
    return len(text).to_bytes(4, "little") + text + b"".join(blobs)


def compact(array: NDArray[np.float32]) -> tuple[NDArray[Any], float]:
    """`array` in the smallest form that shows the same, and the number that one step of it stands for.

    Whole numbers and whole 255ths (pixels), 0 to 255 of them, travel as uint8, without loss. Small arrays travel as they are.
    Large ones travel as int16 steps of 1/32767 of their largest value: zero stays zero, and no screen shows the difference.
    """
    if array.min() >= 0:
        for step in (1.0, 1 / 255):
            whole = np.rint(array / step)
            if whole.max() <= 255 and np.abs(array / step - whole).max() < 1e-3:
                return whole.astype(np.uint8), step
    if array.nbytes <= EXACT_BYTES:
        return array.astype(np.float32), 1.0
    step = float(np.abs(array).max()) / 32767 or 1.0
    return np.rint(array / step).astype(np.int16), step
