from acme.exceptions import New

if __name__ == "__main__":
    raise New
