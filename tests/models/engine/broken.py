"""A module of questions that cannot be imported."""

raise ImportError("broken on purpose")
