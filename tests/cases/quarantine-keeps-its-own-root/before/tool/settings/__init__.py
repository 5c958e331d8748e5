from tool.settings.base import *
