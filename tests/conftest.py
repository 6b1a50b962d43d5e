"""For all tests: those on Spark stay together, so that one process alone starts a Java."""

import pytest


def pytest_collection_modifyitems(items):
    for item in items:
        if item.get_closest_marker("spark"):
            item.add_marker(pytest.mark.xdist_group("spark"))
