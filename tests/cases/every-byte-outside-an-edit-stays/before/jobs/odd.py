import sys
sys . path . append ( "lib" )
if True:
	from  names  import (N ,   # tab and gaps
	     M)
	x = 'single' "double"
print(N,M)
