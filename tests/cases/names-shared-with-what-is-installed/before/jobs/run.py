import sys
sys.path.append('.')
from aiohttp import web
import yaml
from lib.aiohttp import serve
from lib.yaml import read

serve(web.Application(), yaml.safe_dump(read('settings.yml')))
