def upsert(zone):
    print(zone)
