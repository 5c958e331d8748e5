from pipelines.server.api.ingest import people
