from django.urls import path

from orders.views import now

urlpatterns = [path("now/", now)]
