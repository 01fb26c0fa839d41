"""Django's PostgreSQL backend with a cheaper question before each request: is the connection still there?"""
