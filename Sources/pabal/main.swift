print("pabal")
