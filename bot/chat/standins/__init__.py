"""The desk about stand-ins: which services are tied, and whose turn is when."""
