import tests.canary.test_canary as c
from tests.access.funds_money import ADDRESSES
c.OPENED = [n for n in c.OPENED if n in ADDRESSES]
c.LAST = []
from tests.canary.test_canary import *  # noqa
from tests.canary.test_canary import logged, walk, file
def test_mine(walk, logged):
    walk.everywhere()
    assert walk.refused == {}
    mine = {(p, f) for p in c.IN_CLEAR for f in c.IN_CLEAR[p] if p in ADDRESSES}
    assert walk.flock.found_in(c.places.database()) == mine
    assert [walk.flock.found_in(x) for x in (logged(), c.places.sessions(), c.places.post(), c.places.files())] == [set()] * 4
