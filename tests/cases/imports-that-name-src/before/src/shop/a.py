from src.shop.utils.b import X
import src.shop.utils.b as b

print(X, b.X)
