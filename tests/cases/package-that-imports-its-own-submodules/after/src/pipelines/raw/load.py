plain = "plain"
