from common.base_command import ShopCommand


class Command(ShopCommand):
    help = "Closes a day. Not written yet."
