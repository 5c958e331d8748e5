from utils.db import connect

if __name__ == "__main__":
    print("stock", connect())
