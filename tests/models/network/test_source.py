"""What a link says of a trained network."""

import pytest

from models.network.source import read_link, write_link

RUN = "0123456789abcdef"


@pytest.mark.parametrize("epoch", [None, 0, 7, 200])
def test_what_is_written_is_read(epoch: int | None) -> None:
    assert read_link(write_link(RUN, epoch)) == (RUN, epoch)


@pytest.mark.parametrize(
    "text", ["", "digits", RUN[:-1], RUN.upper(), f"{RUN}@", f"{RUN}@-1", f"{RUN}@99999", f"../{RUN}", f"{RUN}@1\n"]
)
def test_what_names_no_run(text: str) -> None:
    assert read_link(text) is None
