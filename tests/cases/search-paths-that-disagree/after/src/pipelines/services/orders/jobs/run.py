from pipelines.utils import banner
from pipelines.services.orders import service

print(banner.text(), service)
