from uuid import UUID

from procrastinate.contrib.django import app

from signoff.sheets import perform


@app.task(name="sheets.read_import", queue="sheets", retry=3)
def read_import(batch_id: str) -> None:
    perform.read_import(UUID(batch_id))


@app.task(name="sheets.apply_import", queue="sheets", retry=3)
def apply_import(batch_id: str) -> None:
    perform.apply_import(UUID(batch_id))
