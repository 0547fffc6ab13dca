import cProfile, pstats, pytest
from tests.conversation.driver import *
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("n", range(3))
async def test_a(database_url, clock, n):
    p=cProfile.Profile(); p.enable()
    async with open_shop(database_url, clock) as s: pass
    p.disable()
    if n==2: pstats.Stats(p).sort_stats('cumtime').print_stats(45)
