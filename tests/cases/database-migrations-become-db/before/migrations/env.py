from models.tables import METADATA

target_metadata = METADATA
