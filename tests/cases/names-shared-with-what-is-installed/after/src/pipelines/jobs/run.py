from aiohttp import web
import yaml
from pipelines.utils.aiohttp import serve
from pipelines.utils.yaml import read

serve(web.Application(), yaml.safe_dump(read('settings.yml')))
