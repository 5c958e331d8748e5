#!/bin/bash
export TF_VAR_bucket=x
cd infrastructure/terraform && terraform apply
