class Memory:
    kind = "memory"
