"""The first screen, topics, languages, commands, and whatever fits nowhere else."""
