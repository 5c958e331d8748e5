if True:
	from  pipelines.utils.names  import (N ,   # tab and gaps
	     M)
	x = 'single' "double"
print(N,M)
