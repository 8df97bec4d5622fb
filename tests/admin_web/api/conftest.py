"""One fresh API for each test."""

import pytest

from tests.admin_web.api.house import ApiHouse


@pytest.fixture
def house() -> ApiHouse:
    return ApiHouse()
