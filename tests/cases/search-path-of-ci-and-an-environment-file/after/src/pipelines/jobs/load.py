from pipelines.domain.pricing import net
from pipelines.vendored import rounding

print(rounding.cents(net(1.005)))
