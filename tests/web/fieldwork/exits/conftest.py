"""A server's clock that tests set: a Wednesday in June 2016 until then."""

from tests.web.fieldwork.projects.conftest import at

__all__ = ["at"]
