# Kafka, reached with TLS and a password of its own.
resource "aws_security_group" "broker" {
  name_prefix = "${local.prefix}-broker-"
  description = "Kafka, for the machines that run the pipelines"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "broker" {
  security_group_id            = aws_security_group.broker.id
  referenced_security_group_id = var.client_security_group_id
  description                  = "Kafka with SASL/SCRAM"
  ip_protocol                  = "tcp"
  from_port                    = 9096
  to_port                      = 9096
}

resource "aws_cloudwatch_log_group" "broker" {
  name_prefix       = "/msk/${local.prefix}-"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.data.arn
}

# An event counts as written once two nodes have it; topics are made by whoever deploys, not by a typing error.
resource "aws_msk_configuration" "events" {
  name           = local.prefix
  kafka_versions = ["3.9.x"]

  server_properties = <<-PROPERTIES
    auto.create.topics.enable = false
    default.replication.factor = ${length(var.subnet_ids)}
    min.insync.replicas = ${length(var.subnet_ids) - 1}
    unclean.leader.election.enable = false
  PROPERTIES
}

resource "aws_msk_cluster" "events" {
  cluster_name           = local.prefix
  kafka_version          = "3.9.x"
  number_of_broker_nodes = length(var.subnet_ids)

  configuration_info {
    arn      = aws_msk_configuration.events.arn
    revision = aws_msk_configuration.events.latest_revision
  }

  broker_node_group_info {
    instance_type   = var.broker_class
    client_subnets  = var.subnet_ids
    security_groups = [aws_security_group.broker.id]

    storage_info {
      ebs_storage_info {
        volume_size = 50
      }
    }
  }

  client_authentication {
    sasl {
      scram = true
    }
  }

  encryption_info {
    encryption_at_rest_kms_key_arn = aws_kms_key.data.arn

    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = true
    }
  }

  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = aws_cloudwatch_log_group.broker.name
      }
    }
  }
}

# MSK takes passwords from secrets whose name begins with AmazonMSK_.
resource "random_password" "broker" {
  length  = 32
  special = false
}

resource "aws_secretsmanager_secret" "broker" {
  # checkov:skip=CKV2_AWS_57: MSK has no rotation of its own; a new password is a new apply
  name       = "AmazonMSK_${local.prefix}"
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_secretsmanager_secret_version" "broker" {
  secret_id = aws_secretsmanager_secret.broker.id

  secret_string = jsonencode({
    username = var.name
    password = random_password.broker.result
  })
}

resource "aws_msk_scram_secret_association" "broker" {
  cluster_arn     = aws_msk_cluster.events.arn
  secret_arn_list = [aws_secretsmanager_secret.broker.arn]

  depends_on = [aws_secretsmanager_secret_version.broker]
}
