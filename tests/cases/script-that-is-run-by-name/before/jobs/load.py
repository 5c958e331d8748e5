import paths

if __name__ == "__main__":
    print(paths.DATA)
