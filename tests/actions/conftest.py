"""What tests of acts may ask for besides: an office with people."""

import pytest
from desks import Bench
from duty_support import office


@pytest.fixture
def staffed(bench: Bench) -> Bench:
    """A store with the default policy, a tree of units and people in it."""
    return office(bench)
