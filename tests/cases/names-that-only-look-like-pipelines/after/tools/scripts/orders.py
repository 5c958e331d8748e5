print("fct_web_orders is loaded")
