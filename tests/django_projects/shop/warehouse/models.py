from django.db import models


class Stock(models.Model):
    name = models.CharField(max_length=50)
    pieces = models.IntegerField(default=0)
