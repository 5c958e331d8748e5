import os

SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "for-development-only")
INSTALLED_APPS = ["goods", "billing"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
USE_TZ = True
TIME_ZONE = "UTC"

DEPOT_NAME = "Depot North"
SHELVES = ("A", "B", "C")
COUNT_FROM = 1
