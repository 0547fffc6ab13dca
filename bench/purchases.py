"""Not yet."""
from collections.abc import AsyncIterator
async def measure() -> AsyncIterator[str]:
    """Not yet."""
    yield "not yet"
