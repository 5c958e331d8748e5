"""What each file of a repository with batch jobs and streams is, known by content."""
