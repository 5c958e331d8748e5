variable "name" {}
resource "aws_s3_bucket" "this" {
  bucket = var.name
  policy = file("${path.module}/policy.json")
}
output "name" {
  value = aws_s3_bucket.this.id
}
