from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "signoff.sheets"
