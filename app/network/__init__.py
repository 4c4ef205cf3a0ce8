"""The network that a visitor builds: what it is, how it is changed, how it is looked at."""
