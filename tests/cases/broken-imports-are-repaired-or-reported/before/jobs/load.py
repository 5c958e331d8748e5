from old_place.orders import clean
from both.ways import go
import pandas
from orders import clean as again

print(clean, go, pandas, again)
