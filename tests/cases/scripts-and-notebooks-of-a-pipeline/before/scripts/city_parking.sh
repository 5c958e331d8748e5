#!/bin/sh
cd dbt_parking && dbt build
