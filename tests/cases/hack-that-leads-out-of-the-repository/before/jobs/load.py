import sys

sys.path.append("/opt/company/lib")
sys.path.append("lib")
import names
import company_things

print(names.N, company_things)
