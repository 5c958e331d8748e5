import sys
sys.path.append("lib")

import names   # Zeilenende
print( names.N )
