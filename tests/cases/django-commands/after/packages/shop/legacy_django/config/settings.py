SECRET_KEY = "insecure"
INSTALLED_APPS = ["django.contrib.contenttypes", "orders", "reports"]
ROOT_URLCONF = "config.urls"
