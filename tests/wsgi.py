"""A site as gunicorn serves it to the tests: the real one, with hashes that cost little."""

from kinline.sites.wsgi import application
from tests import thrift

thrift.begin()

__all__ = ["application"]
