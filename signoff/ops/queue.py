"""The queue as a worker takes from it."""

from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector


def working_app() -> App:
    """Jobs are taken and ended over connections of the worker's own. What a job defers goes over Django's, as in
    any other process, so that it is promised if and only if its transaction is kept: tasks stay with the app that
    they were made by. (`replace_connector` would take both over the worker's connections.)
    """
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    return app.with_connector(connector.get_worker_connector())
