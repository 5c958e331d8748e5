"""Where files land: a folder, or a bucket in S3."""

from abc import abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dagster as dg
from botocore.exceptions import ClientError
from dagster_aws.s3 import S3Resource

SAMPLE = Path(__file__).resolve().parent.parent / "sample"


class MissingFileError(Exception):
    """There is no such file; the message names it."""


class Landing(dg.ConfigurableResource[Any]):
    """Files that other systems deliver, by names such as `orders/2025-07-31/web.csv`."""

    @abstractmethod
    def read(self, name: str) -> bytes:
        """Return the content of a file.

        Raises:
            MissingFileError: there is none of this name.
        """

    @abstractmethod
    def versions(self, folder: str) -> Mapping[str, str]:
        """Return the files below a folder by name, each with a text that changes as it changes."""


class FolderLanding(Landing):
    """Files in a folder; by default the sample that the package brings."""

    folder: str = str(SAMPLE)

    def read(self, name: str) -> bytes:
        path = Path(self.folder) / name
        if not path.is_file():
            raise MissingFileError(f"there is no file {path}")
        return path.read_bytes()

    def versions(self, folder: str) -> Mapping[str, str]:
        root = Path(self.folder)
        found = {}
        for path in sorted((root / folder).rglob("*")):
            if path.is_file():
                status = path.stat()
                version = f"{status.st_mtime_ns}-{status.st_size}"
                found[path.relative_to(root).as_posix()] = version
        return found


class S3Landing(Landing):
    """Files in a bucket. Credentials and the region are those that boto3 finds."""

    bucket: str
    prefix: str = ""
    s3: dg.ResourceDependency[S3Resource]

    def read(self, name: str) -> bytes:
        key = self.prefix + name
        try:
            found = self.s3.get_client().get_object(Bucket=self.bucket, Key=key)
        except ClientError as error:
            if error.response["Error"]["Code"] in {"NoSuchKey", "404"}:
                raise MissingFileError(f"there is no file s3://{self.bucket}/{key}") from error
            raise
        content: bytes = found["Body"].read()
        return content

    def versions(self, folder: str) -> Mapping[str, str]:
        pages = self.s3.get_client().get_paginator("list_objects_v2")
        found = {}
        for page in pages.paginate(Bucket=self.bucket, Prefix=f"{self.prefix}{folder}/"):
            for entry in page.get("Contents", []):
                found[entry["Key"].removeprefix(self.prefix)] = entry["ETag"].strip('"')
        return found
