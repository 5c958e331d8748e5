SERVER = "server"
