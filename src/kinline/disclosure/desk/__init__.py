"""Pages of the disclosure desk."""

urlpatterns: list = []
