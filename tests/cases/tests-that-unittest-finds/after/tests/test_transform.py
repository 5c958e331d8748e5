import unittest

from numbers_etl.etl.transform import doubled


class DoubledTest(unittest.TestCase):
    def test_two(self):
        self.assertEqual(doubled(2), 4)
