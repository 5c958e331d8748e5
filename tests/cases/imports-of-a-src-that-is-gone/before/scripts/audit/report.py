from config import rate

print(rate())
