import pytest

from kaohe.demo import COUNTY, LARGE, SMALL, DemoCounty, demo_county


@pytest.fixture(scope="session", params=[SMALL, COUNTY, LARGE], ids=["small", "county", "large"])
def county(request: pytest.FixtureRequest) -> DemoCounty:
    return demo_county(scale=request.param)
