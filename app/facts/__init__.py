"""What stands below a picture: its sizes, counts, formulas and code, with the learner's numbers."""
