from api.ingest import people
