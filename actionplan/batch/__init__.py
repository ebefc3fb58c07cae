"""Many inputs: each in a worker process of its own, within limits, watched, told in order and reported."""
