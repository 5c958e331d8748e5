import datetime as timezone


def day_of(aware):
    """The variable is called as a module of Django, and is another."""
    from shop.support.standalone.dateparse import parse_date
    from django.utils.dateparse import parse_duration

    parse_duration("1 00:00:00")
    return parse_date("2024-01-31"), timezone.timedelta(1), aware
