from pipelines.utils import names   # Zeilenende
print( names.N )
