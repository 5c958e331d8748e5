# -*- coding: latin-1 -*-
import sys
sys.path.append("lib")
import names
print("Größe", names.N)
