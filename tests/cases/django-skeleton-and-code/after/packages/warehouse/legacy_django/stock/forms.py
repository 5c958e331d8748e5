from django import forms

from warehouse.processors.words import tidy


class ItemForm(forms.Form):
    sku = forms.CharField()

    def clean_sku(self):
        return tidy(self.cleaned_data["sku"])
