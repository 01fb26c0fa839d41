from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "signoff.access"
