"""Trainings: from specs to a stream of snapshots, and the runs that are kept. Only the stream imports Keras."""
