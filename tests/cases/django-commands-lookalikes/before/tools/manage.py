"""Not Django's: it says what it was told."""
import sys

print(sys.argv[1:])
