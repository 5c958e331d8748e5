import sys
sys.path.append('.')
from aiohttp import web
from delta import DeltaTable
import yaml
from lib.aiohttp import serve
from lib.delta import merge
from lib.yaml import read

serve(web.Application(), yaml.safe_dump(read('settings.yml')))
merge(DeltaTable)
