from pipelines.utils.old_place.orders import clean
from both.ways import go
import pandas
from pipelines.utils.old_place.orders import clean as again

print(clean, go, pandas, again)
