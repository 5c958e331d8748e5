"""Copy this to begin a command."""

from common.base_command import ShopCommand


class Command(ShopCommand):
    help = "Says in one line what it does."
