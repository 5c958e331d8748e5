def only(dags):
    assert len(dags) == 1
    return dags[0]
