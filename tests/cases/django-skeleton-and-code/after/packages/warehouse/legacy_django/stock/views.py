from django.http import HttpResponse

from .charts import bars
from .models import Item


def chart(request):
    return HttpResponse("\n".join(bars(Item.objects.values_list("amount", flat=True))))
