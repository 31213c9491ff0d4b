"""What things cost, as ratios against what a user would use: `python -m tests.benchmarks`."""
