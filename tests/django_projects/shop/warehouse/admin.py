from django.contrib import admin

from warehouse.models import Stock

admin.site.register(Stock)
