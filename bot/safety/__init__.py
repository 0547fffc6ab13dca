"""What keeps a shop whole: copies, safe mode, proof, keys, forgetting."""
