def tell(context):
    print("failed:", context)
