from pipelines.base.acme.names import N

S = N + 1
