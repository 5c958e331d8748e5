locals {
  prefix = "${var.name}-${var.environment}"

  tags = {
    project     = var.name
    environment = var.environment
    managed_by  = "terraform"
  }
}

# One key for everything that is kept: bucket, database, broker and their secrets.
resource "aws_kms_key" "data" {
  description             = "Data of ${local.prefix}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.key.json
}

data "aws_caller_identity" "current" {}

# Who may use the key is said by the policies of the account; the log service uses it for the broker's log.
data "aws_iam_policy_document" "key" {
  # checkov:skip=CKV_AWS_109: it is the policy of one key, not of a role
  # checkov:skip=CKV_AWS_111: it is the policy of one key, not of a role
  # checkov:skip=CKV_AWS_356: in the policy of a key, "*" is that key
  statement {
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }

  statement {
    actions   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["logs.${var.region}.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "kms:EncryptionContext:aws:logs:arn"
      values   = ["arn:aws:logs:${var.region}:${data.aws_caller_identity.current.account_id}:log-group:/msk/${local.prefix}-*"]
    }
  }
}
