import os
BRONZE = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", "..", "data", "bronze"))
