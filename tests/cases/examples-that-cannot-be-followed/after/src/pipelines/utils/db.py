import pipelines.utils.names


def connect():
    ("Connect."
     "\n\n>>> from utils.db import connect\n")
    return pipelines.utils.names.SERVER


def reconnect():
    """Connect again.

    >>> from attic.attempt import connect as old
    >>> from somewhere import else_
    """
    return connect()


def servers():
    '''Return all servers.

    .. code-block:: python

       from utils.db import servers
       print servers()

    ```py
    from pipelines.utils.names import SERVER
    ```

    ::

        from utils.db import servers
        for server in <servers>:
            connect(server)
    '''
    return [connect()]


def shared():
    """Use what the module imported.

    >>> pipelines.utils.names.SERVER
    'server'
    >>> vars(utils)["names"].SERVER
    'server'
    """
    return pipelines.utils.names.SERVER
