from django.db import models


class Order(models.Model):
    number = models.CharField(max_length=20, unique=True)
    day = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["day", "number"]

    def __str__(self):
        return self.number
