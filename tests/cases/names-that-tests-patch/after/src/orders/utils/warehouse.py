class Client:
    region = "eu"

    def send(self, rows):
        return len(rows)


def write(rows):
    return Client().send(rows)
