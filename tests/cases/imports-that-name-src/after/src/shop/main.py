from shop import a

if __name__ == "__main__":
    print(a)
