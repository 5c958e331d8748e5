from pipelines.server.api import pem

P = pem.KEY
