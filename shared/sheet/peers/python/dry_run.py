"""A dry run of the sample with django-import-export: the same checks of fields as the kind contributions has."""

from decimal import Decimal

import django
from django.conf import settings

settings.configure(
    INSTALLED_APPS=["import_export"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    USE_TZ=True,
)
django.setup()

from django.core.validators import MinValueValidator  # noqa: E402
from django.db import connection, models  # noqa: E402
from import_export import fields, resources, widgets  # noqa: E402
from import_export.formats.base_formats import XLSX  # noqa: E402


def choices(*values):
    return [(v, v) for v in values]


class Contribution(models.Model):
    donor = models.CharField(max_length=200)
    donor_type = models.CharField(max_length=20, choices=choices("member_city", "donor_country", "company", "foundation"))
    city = models.CharField(max_length=200, blank=True)
    country = models.CharField(
        max_length=200, blank=True, choices=choices("France", "Spain", "Kenya", "Germany", "Colombia", "Poland", "Senegal"))
    amount = models.DecimalField(max_digits=17, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))])
    currency = models.CharField(max_length=3, choices=choices("USD", "EUR", "GBP", "CHF", "JPY"))
    received_on = models.DateField()
    reference = models.CharField(max_length=140, db_index=True)  # looked up for each row
    earmark = models.CharField(max_length=200, blank=True, choices=choices("fund/1.1", "fund/1.2"))
    rate = models.DecimalField(
        max_digits=20, decimal_places=10, null=True, blank=True, validators=[MinValueValidator(Decimal("0.0000000001"))])
    rate_date = models.DateField(null=True, blank=True)
    rate_source = models.CharField(max_length=200, blank=True)
    remarks = models.CharField(max_length=2000, blank=True)
    receipt_sent = models.BooleanField(default=False)

    class Meta:
        app_label = "import_export"  # an application that is installed


COLUMNS = {
    "donor": "Donor", "donor_type": "Type of donor", "city": "City", "country": "Country", "amount": "Amount",
    "currency": "Currency", "received_on": "Received on", "reference": "Bank reference", "earmark": "Earmarked for",
    "rate": "Exchange rate", "rate_date": "Rate date", "rate_source": "Rate source", "remarks": "Remarks",
    "receipt_sent": "Receipt sent",
}


def resource(tuned):
    class Meta:
        model = Contribution
        fields = tuple(COLUMNS)
        import_id_fields = ("reference",)
        clean_model_instances = True
        if tuned:
            skip_diff = True
            force_init_instance = True
            use_transactions = False
            use_bulk = True

    declared = {
        name: resources.ModelResource.field_from_django_field(name, Contribution._meta.get_field(name), False)
        for name in COLUMNS
    }
    for name, field in declared.items():
        field.column_name = COLUMNS[name]
    return type("ContributionResource", (resources.ModelResource,), {**declared, "Meta": Meta})()


def check(path, tuned):
    with connection.schema_editor() as editor:
        editor.create_model(Contribution)
    with open(path, "rb") as file:
        dataset = XLSX().create_dataset(file.read())
    result = resource(tuned).import_data(dataset, dry_run=True)
    rows = len(dataset)
    failed = len({row.number for row in result.invalid_rows} | {row.number for row in result.error_rows})
    return {"rows": rows, "valid": rows - failed, "failed": failed}
