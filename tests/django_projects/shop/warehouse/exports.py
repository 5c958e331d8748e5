"""Exports of the stock to S3."""

import logging

from django.conf import settings

logger = logging.getLogger("shop.exports")


class StockExports:
    def __init__(self, bucket=None, prefix=settings.EXPORT_PREFIX):
        self.bucket = bucket or settings.EXPORT_BUCKET
        self.prefix = prefix

    def address(self, key):
        logger.info("in %s", settings.TIME_ZONE)
        return f"s3://{self.bucket}/{self.prefix}/{key}"

    def put(self, key, body):
        import boto3

        client = boto3.client("s3")
        for attempt in range(settings.EXPORT_RETRIES):
            try:
                return client.put_object(Bucket=self.bucket, Key=f"{self.prefix}/{key}", Body=body)
            except ConnectionError:
                if attempt + 1 == settings.EXPORT_RETRIES:
                    raise
