"""The operations of a network on arrays, in NumPy and OpenCV: no TensorFlow."""
