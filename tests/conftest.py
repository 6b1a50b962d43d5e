"""For all tests: they run alike whether one process runs them or several."""

import os

import pytest

# Processes that share the tests are told of a terminal of 80 columns, and nothing would be wider.
os.environ.pop("COLUMNS", None)


def pytest_collection_modifyitems(items):
    """Tests on Spark stay together, so that one process alone starts a Java."""
    for item in items:
        if item.get_closest_marker("spark"):
            item.add_marker(pytest.mark.xdist_group("spark"))
