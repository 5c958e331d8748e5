from orders.loading import LoadCommand as Command
