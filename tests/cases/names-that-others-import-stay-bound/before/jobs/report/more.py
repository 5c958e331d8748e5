import utils.text


def shout(text):
    return utils.text.title(text) + "!"
