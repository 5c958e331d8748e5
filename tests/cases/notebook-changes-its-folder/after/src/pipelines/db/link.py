def linked():
    return "linkeded"
