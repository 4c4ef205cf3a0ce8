"""A `.keras` file of the learner's own. Only a worker reads it; until it does, nothing that was there before is lost."""

from dataclasses import dataclass
from math import ceil
from secrets import token_hex
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from app import i18n, session
from app.inside import asking, preprocessing_input
from app.inside.file_store import file_store
from models.errors import LearnerError
from models.network.keras_file.archive import LARGEST_FILE, MEGABYTE
from models.network.source import NetworkSource

SCOPE = "network_file"


@dataclass(frozen=True)
class NetworkFile:
    """A file that was brought: its name in the store, what the learner calls it, and its size."""

    name: str
    title: str
    megabytes: float


@dataclass(frozen=True)
class Stay:
    """That a visitor is there."""

    visitor: str


def _close(stay: Stay) -> None:
    file_store().leave_later(stay.visitor)


@st.cache_resource(scope="session", show_spinner=False, on_release=_close)
def _stay(visitor: str) -> Stay:
    return Stay(visitor)


def _visitor() -> str:
    settings = session.visit().settings
    return _stay(str(settings.setdefault((SCOPE, "visitor"), token_hex(8)))).visitor


def _noted(what: str) -> NetworkFile | None:
    found = session.visit().settings.get((SCOPE, what))
    return found if isinstance(found, NetworkFile) else None


def _note(what: str, file: NetworkFile | None) -> None:
    session.visit().settings[SCOPE, what] = file


def choose() -> NetworkSource | None:
    """Draw the upload, or the file that is there; returns its network."""
    with st.container(key="network_file", horizontal=True, vertical_alignment="center"):
        place = st.container(horizontal=True, vertical_alignment="center")
        _try_new()
        file = _noted("file")
        with place:
            if file is None:
                _uploader()
            else:
                _told(file)
    return source_of(file) if file else None


def _told(file: NetworkFile) -> None:
    """The file that is there, and the way to another one."""
    file_store().hold(_visitor(), file.name)
    kilobytes = file.megabytes * 1024
    small = i18n.text("inside.kilobytes", size=f"{kilobytes:.0f}")
    size = small if kilobytes < 1000 else i18n.text("inside.megabytes", size=f"{file.megabytes:.1f}")
    st.markdown(f":material/draft: **{i18n.plain(file.title)}** · {size}", width="content")
    with st.popover(i18n.raw("inside.other_file"), type="tertiary", key=f"other_file_{_uploads()}"):
        _uploader()
        st.button(i18n.raw("inside.remove_file"), icon=":material/delete:", key="remove_file", on_click=_remove)
    st.caption(i18n.text("inside.file_not_in_link"), width="content")


def refusal() -> LearnerError | None:
    """Why the newest file was not taken."""
    found = session.visit().settings.get((SCOPE, "refusal"))
    return found if isinstance(found, LearnerError) else None


def forget_refusal() -> None:
    """Callback: the learner has read it."""
    _note_refusal(None)


def source_of(file: NetworkFile) -> NetworkSource:
    """The network in `file`."""
    path = str(file_store().path(file.name))
    return NetworkSource("file", file.name, path=path, preprocessing=preprocessing_input.current())


def title() -> str:
    """What the learner calls the file."""
    file = _noted("file")
    return file.title if file else ""


def _uploader() -> None:
    key = f"network_upload_{_uploads()}"
    st.file_uploader(
        i18n.text("inside.upload_label"), key=key, help=i18n.text("inside.upload_help"), on_change=_take, args=(key,)
    )


def _uploads() -> int:
    """How many files there have been; each has an upload of its own, so that Streamlit forgets the last one."""
    return int(session.visit().settings.get((SCOPE, "uploads"), 0))


def _take(key: str) -> None:
    """Callback: put the new file into the store and out of this process; `choose` then has it looked at."""
    given = session.value(key)
    if given is None:
        return
    session.visit().settings[SCOPE, "uploads"] = _uploads() + 1
    megabytes = given.size / MEGABYTE
    try:
        if given.size > LARGEST_FILE:
            raise LearnerError("network_file_too_large", megabytes=ceil(megabytes * 10) / 10, limit=LARGEST_FILE // MEGABYTE)
        _forget("new")
        _note("new", NetworkFile(file_store().keep(_visitor(), given.getvalue()), str(given.name), megabytes))
        _note_refusal(None)
    except LearnerError as error:
        _note_refusal(error)
    except OSError:
        _note_refusal(LearnerError("network_file_disk"))
    finally:
        _let_go(given.file_id)


def _let_go(file_id: str) -> None:
    """Streamlit would keep the bytes in memory until the visitor leaves."""
    context = get_script_run_ctx()
    if context:
        manager: Any = context.uploaded_file_mgr
        manager.remove_file(session_id=context.session_id, file_id=file_id)


def _note_refusal(error: LearnerError | None) -> None:
    # Made anew: the error that was raised holds on to the frames it came through, and with them to the bytes of the file.
    kept = LearnerError(error.code, **error.values) if error else None
    session.visit().settings[SCOPE, "refusal"] = kept


def _try_new() -> None:
    """Have the new file opened: where that works it takes the place of the old one, else the page says why not."""
    new = _noted("new")
    if new:
        try:
            opening = asking.answered("open_network", source_of(new))
        except LearnerError as error:
            _note_refusal(error)
            if not error.code.startswith("engine_"):
                _forget("new")
        else:
            old = _noted("file")
            if old and old.name != new.name:
                _forget("file")
            _note("file", new)
            _note("new", None)
            _note_refusal(None)
            preprocessing_input.begin(opening.guess)


def _forget(what: str) -> None:
    file, other = _noted(what), _noted("new" if what == "file" else "file")
    if file and not (other and other.name == file.name):
        file_store().drop(_visitor(), file.name)
    _note(what, None)


def _remove() -> None:
    """Callback: take the file away."""
    _forget("new")
    _forget("file")
    _note_refusal(None)
