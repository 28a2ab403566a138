"""Playing with the demonstration: addresses that a real hall has not."""
