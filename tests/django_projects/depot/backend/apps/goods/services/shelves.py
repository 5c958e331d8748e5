from django.conf import settings


def shelf_of(number):
    return settings.SHELVES[number % len(settings.SHELVES)]


def label(number, name):
    return f"{settings.DEPOT_NAME}/{shelf_of(number)}/{number + settings.COUNT_FROM}: {name}"
