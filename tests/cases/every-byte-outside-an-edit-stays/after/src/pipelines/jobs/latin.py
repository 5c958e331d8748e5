# -*- coding: latin-1 -*-
from pipelines.utils import names
print("Größe", names.N)
