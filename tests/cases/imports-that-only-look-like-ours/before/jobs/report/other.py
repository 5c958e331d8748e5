from utils import db

if __name__ == "__main__":
    print(db.read())
