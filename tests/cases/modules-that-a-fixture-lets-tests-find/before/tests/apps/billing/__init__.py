from shop.prices import VAT

RATE = VAT
