from django.shortcuts import render

from orders.models import Order


def order_list(request):
    return render(request, "orders/list.html", {"orders": Order.objects.all()})
