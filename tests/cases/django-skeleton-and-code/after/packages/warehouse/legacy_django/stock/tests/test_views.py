from django.test import SimpleTestCase

from stock.charts import bars


class ChartTests(SimpleTestCase):
    def test_bars(self):
        self.assertEqual(bars([2]), ["##"])
