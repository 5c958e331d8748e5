from dagster import asset
from dagster_aws.s3 import S3Resource


@asset
def flight_files(lake: S3Resource):
    return lake.get_client().list_objects_v2(Bucket="flights")


@asset
def delays(flight_files):
    return [file for file in flight_files if "delay" in file]
