# jobs/orders/load.py is uploaded from here
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

module "bucket" {
  source = "./modules/bucket" // ../jobs/orders
  name   = "jobs/orders"
}

data "archive_file" "resize" {
  type        = "zip"
  source_file = "${path.module}/../src/pipelines/handlers/resize/resize.py"
  output_path = "${path.module}/build/resize.zip"
}

resource "aws_lambda_function" "resize" {
  filename         = data.archive_file.resize.output_path
  source_code_hash = filebase64sha256("${path.module}/../src/pipelines/handlers/resize/resize.py")
  handler          = "resize.handle"
  description      = "handlers/resize/resize.py"
}

resource "aws_s3_object" "query" {
  bucket  = module.bucket.name
  key     = "jobs/orders/orders.sql"
  source  = "../src/pipelines/orders/resources/sql/orders.sql"
  content = templatefile("${path.root}/../src/pipelines/orders/resources/sql/orders.sql", { name = "jobs/orders" })
}

resource "null_resource" "load" {
  triggers = {
    code = filemd5("../src/pipelines/orders/load.py")
  }
  provisioner "local-exec" {
    working_dir = "${path.module}/.."
    command     = <<-EOT
      echo "python jobs/orders/load.py"
      python -m pipelines.orders.load --bucket ${module.bucket.name}
    EOT
  }
}

locals {
  note = <<EOT
python jobs/orders/load.py is run by hand, with ${file("../src/pipelines/orders/resources/sql/orders.sql")}
EOT
}
