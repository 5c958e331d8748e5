"""What can be configured: the environment, partitions, and the rules of assets."""
