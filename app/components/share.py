"""The button that copies the page's link."""

from app import i18n, session
from app.components import component

_share = component("share.js")


def share() -> None:
    """Show the button; what it copies opens on exactly what is seen here, in the same language."""
    words = {"label": i18n.raw("share.label"), "copied": i18n.raw("share.copied")}
    _share(data={**words, "language": session.language()}, key="share", width="content")
