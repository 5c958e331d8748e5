from pipelines.utils import banner
from pipelines.services.stock import service

print(banner.text(), service)
