from lotse.catalogues.fields import ListsField
from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm


class OpeningForm(LotseForm):
    on = DayField(label="Wann?", past=True)
    note = LongTextField(label="Notiz", rows=3, required=False)


class ExpertiseForm(LotseForm):
    text = LongTextField(label="Was können Sie weitergeben?", rows=3, max_length=1000)
    languages = ListsField("language", label="In welchen Sprachen?", required=False)
    valid_to = DayField(label="Bis wann?", required=False)
