"""What gunicorn serves; KINLINE_SITE says which of the two sites."""

import os

from django.core.wsgi import get_wsgi_application

from kinline.sites import durable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kinline.sites.settings")
application = get_wsgi_application()
durable.require()
