import plugin


def run():
    return plugin.NAME
