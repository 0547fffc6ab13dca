"""The desk about price rules: what holds, what another rule would change, and saving it."""
