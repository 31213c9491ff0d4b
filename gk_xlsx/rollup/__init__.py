"""The office above: roster, states of its lines, sums with their trace, differences."""
