import unittest

from etl.transform_numbers import doubled


class DoubledTest(unittest.TestCase):
    def test_two(self):
        self.assertEqual(doubled(2), 4)
