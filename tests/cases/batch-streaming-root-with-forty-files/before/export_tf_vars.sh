#!/bin/bash
export TF_VAR_bucket=x
cd infra && terraform apply
