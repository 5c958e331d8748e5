# What .env of docker-compose-cloud.yml is filled in from; passwords are read from their secrets.
output "bucket" {
  description = "The bucket of the data."
  value       = aws_s3_bucket.data.bucket
}

output "database_host" {
  description = "Where PostgreSQL listens, with the port."
  value       = aws_db_instance.serving.endpoint
}

output "database_secret" {
  description = "The secret with the name and password of the database."
  value       = aws_db_instance.serving.master_user_secret[0].secret_arn
}

output "kafka_bootstrap_servers" {
  description = "KAFKA_BOOTSTRAP_SERVERS."
  value       = aws_msk_cluster.events.bootstrap_brokers_sasl_scram
}

output "kafka_secret" {
  description = "The secret with the name and password of the broker."
  value       = aws_secretsmanager_secret.broker.arn
}
