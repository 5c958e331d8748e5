from dagster import EnvVar
from dagster_aws.s3 import S3Resource


def make_lake() -> S3Resource:
    return S3Resource(region_name=EnvVar("AWS_REGION"))
