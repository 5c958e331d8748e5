from pipelines.vendor_code import plugin


def run():
    return plugin.NAME
