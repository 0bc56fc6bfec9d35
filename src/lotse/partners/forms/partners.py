from django import forms

from lotse.catalogues.fields import ListField
from lotse.core.fields import LongTextField
from lotse.core.forms import LotseForm


class PartnerForm(LotseForm):
    name = forms.CharField(label="Name", max_length=160)
    category = ListField("partner_category", label="Art", empty="– bitte wählen –")
    contact_person = forms.CharField(label="Ansprechperson", max_length=120, required=False)
    phone = forms.CharField(label="Telefon", max_length=40, required=False)
    email = forms.EmailField(label="E-Mail", required=False)
    address = LongTextField(label="Anschrift", rows=2, required=False)
    note = LongTextField(label="Anmerkung", rows=2, required=False)
