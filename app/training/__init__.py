"""What a visitor trains: data, settings, recipes, and the runs."""
