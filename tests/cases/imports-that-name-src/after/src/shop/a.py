from shop.utils.b import X
import shop.utils.b as b

print(X, b.X)
