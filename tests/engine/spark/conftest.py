"""One Spark for all tests: starting it takes longer than most of them."""

import pytest

from kaohe.engine.spark import session


@pytest.fixture(scope="session")
def spark():
    """A running Spark; runs inside the tests find it."""
    with session() as running:
        yield running
