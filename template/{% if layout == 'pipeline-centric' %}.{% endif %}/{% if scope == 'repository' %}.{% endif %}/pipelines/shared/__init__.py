"""What all pipelines share: Python in utilities/, and a dbt package with macros, tests and schemas."""
