"""The jobs of the demo studio, one module a client. Tables only; `plan.py` says what the columns mean."""
