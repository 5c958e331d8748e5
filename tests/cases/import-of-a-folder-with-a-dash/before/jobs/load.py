def load():
    # Imported here because of a cycle
    import sys
    sys.path.append("jobs")
    from board_sync.groups import ensure

    return ensure()


print(load())
