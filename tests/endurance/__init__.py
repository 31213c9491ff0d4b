"""What is done to the program: kills, full disks, narrow consoles, hostile texts."""
