variable "bucket" { type = string }
