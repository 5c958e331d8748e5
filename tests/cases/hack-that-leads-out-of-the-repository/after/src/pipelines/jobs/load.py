import sys

sys.path.append("/opt/company/lib")
from pipelines.utils import names
import company_things

print(names.N, company_things)
