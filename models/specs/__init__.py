"""Frozen dataclasses that say how an operation, a network, a training or an explanation is done."""
