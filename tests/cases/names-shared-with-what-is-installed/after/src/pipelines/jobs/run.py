from aiohttp import web
from delta import DeltaTable
import yaml
from pipelines.utils.aiohttp import serve
from pipelines.utils.delta import merge
from pipelines.utils.yaml import read

serve(web.Application(), yaml.safe_dump(read('settings.yml')))
merge(DeltaTable)
