import banner
import service

print(banner.text(), service)
