"""What jobs share: configuration, logs, metrics, retries, S3 and the frame of a run.

Plain Python: it imports no framework and no database models. Only `s3` needs boto3 (the extra
`s3`), and only `embedded_s3`, for development and tests, needs moto's server.
"""
