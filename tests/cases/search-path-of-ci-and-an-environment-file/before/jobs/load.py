from pricing import net
import rounding

print(rounding.cents(net(1.005)))
