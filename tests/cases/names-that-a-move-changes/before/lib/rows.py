import pickle


def save(rows):
    return pickle.dumps(rows)
