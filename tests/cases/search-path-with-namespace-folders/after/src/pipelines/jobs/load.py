from pipelines.base.acme import names
from pipelines.extra.acme import signs
import pipelines.extra.acme.signs as more

print(names.N, signs.S, more.S)
