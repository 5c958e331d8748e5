"""All models; other code imports them from here."""

from .parcel import Parcel
from parcels.processors.models.weights import in_kilograms

__all__ = ["Parcel", "in_kilograms"]
