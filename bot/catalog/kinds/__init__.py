"""What a service is where its supplier does not mark it: read from its names, or left unclear."""
