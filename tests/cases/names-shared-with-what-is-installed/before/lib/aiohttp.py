from aiohttp import web


def serve(app, settings):
    app['settings'] = settings
    web.run_app(app)
