from api import pem

P = pem.KEY
