from django.core.management.base import no_translations

plain = no_translations
