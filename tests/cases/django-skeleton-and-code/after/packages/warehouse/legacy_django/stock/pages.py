from .forms import ItemForm


def titles():
    return [str(ItemForm.base_fields)]
