def load():
    # Imported here because of a cycle
    from pipelines.board_sync.groups import ensure

    return ensure()


print(load())
