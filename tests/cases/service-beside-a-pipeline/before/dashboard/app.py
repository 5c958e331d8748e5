from flask import Flask

from parking_lots import rows

app = Flask(__name__)


@app.get("/")
def index() -> str:
    return str(rows())


if __name__ == "__main__":
    app.run()
