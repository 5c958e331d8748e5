"""What becomes of a repository when its layout evolves, or when it takes another one."""
