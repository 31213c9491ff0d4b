"""Published reports: what a source shows (`model`) → `AnnualReport`, exactly or not at all."""
