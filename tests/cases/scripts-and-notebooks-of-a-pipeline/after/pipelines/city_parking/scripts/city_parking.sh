#!/bin/sh
cd pipelines/city_parking/dbt && dbt build
