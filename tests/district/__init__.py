"""The made-up district of `examples/district`: who reports, what came in, what is wrong."""
