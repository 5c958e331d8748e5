from shop.support.commands import no_translations

plain = no_translations
