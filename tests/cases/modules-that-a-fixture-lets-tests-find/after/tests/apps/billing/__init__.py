from sales.prices import VAT

RATE = VAT
