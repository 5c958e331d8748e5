from django.test import TestCase

from orders.models import Order


class OrderListTest(TestCase):
    def test_orders_are_listed(self):
        Order.objects.create(number="A1", day="2024-05-01", amount=3)
        self.assertContains(self.client.get("/orders/"), "A1")
