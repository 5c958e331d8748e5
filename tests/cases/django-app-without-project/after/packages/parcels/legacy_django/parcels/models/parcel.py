from django.db import models


class Parcel(models.Model):
    label = models.CharField(max_length=40)
    grams = models.IntegerField(default=0)
