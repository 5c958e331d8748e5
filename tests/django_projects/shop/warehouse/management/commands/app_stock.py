from django.core.management.base import AppCommand


class Command(AppCommand):
    help = "Names the models of apps."

    def handle_app_config(self, app_config, **options):
        return ", ".join(sorted(model.__name__ for model in app_config.get_models()))
