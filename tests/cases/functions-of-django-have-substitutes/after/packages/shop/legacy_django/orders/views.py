from django.utils import timezone
from django.http import HttpResponse


def now(request):
    return HttpResponse(str(timezone.now()))
