import unittest

from parcels.labels import in_order


class LabelsTest(unittest.TestCase):
    def test_labels_are_sorted_by_number(self):
        self.assertEqual(in_order(["a-10", "b-9"]), ["b-9", "a-10"])
