from django.test import TestCase

from parcels.models import Parcel


class ParcelTest(TestCase):
    def test_a_parcel_weighs_nothing_yet(self):
        assert Parcel.objects.create(label="a-1").grams == 0
