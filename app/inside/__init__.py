"""Looking inside a network: what is looked at, and what the pages on it share."""
