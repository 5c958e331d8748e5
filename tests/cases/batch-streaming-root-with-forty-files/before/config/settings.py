import os
BRONZE = os.path.join(os.path.dirname(__file__), "..", "data", "bronze")
