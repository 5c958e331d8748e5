class App:
    def __call__(self, host):
        return f"serving on {host}"


app = App()
