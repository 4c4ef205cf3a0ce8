"""What a `.keras` file says, read without Keras' own deserialiser: its archive, its description, its weights.

Nothing in a file is ever executed, imported or looked up by name: whatever it says is compared with lists that stand here.
HDF5 is read by a C library, which may have faults of its own: files are read in a worker process of `models.engine`, whose
end costs nobody else anything.
"""
