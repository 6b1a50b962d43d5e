"""One Spark for all tests: starting it takes longer than most of them."""

import pytest

from kaohe.engine.spark import session


@pytest.fixture(scope="session")
def spark():
    """A running Spark; runs inside the tests find it."""
    with pytest.MonkeyPatch.context() as patch:
        # Java would spend a quarter of the time on making short runs of its own code faster.
        patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1")
        with session() as running:
            yield running
