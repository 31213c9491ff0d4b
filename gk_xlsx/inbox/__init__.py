"""What came in: folders, archives, hashes; the office's own roster, register and settings."""
