"""What can be done on the way up: closings, files, keys."""
