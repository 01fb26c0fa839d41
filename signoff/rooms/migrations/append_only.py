"""What happened in a room stays written: PostgreSQL itself refuses to change or remove a minute.

Written by hand, so `make migrations` puts it aside and back. As with events, a transaction that empties its tables
names the one operation that it may do; see `audit/migrations/append_only.py`.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION rooms_minute_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' AND current_setting('signoff.forgets', true) = TG_OP THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'Minutes are only added: % is refused.', TG_OP USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER rooms_minute_stays BEFORE UPDATE OR DELETE ON rooms_minute
    FOR EACH ROW EXECUTE FUNCTION rooms_minute_stays();
CREATE TRIGGER rooms_minute_stays_whole BEFORE TRUNCATE ON rooms_minute
    FOR EACH STATEMENT EXECUTE FUNCTION rooms_minute_stays();
"""
NO_GUARD = "DROP FUNCTION rooms_minute_stays() CASCADE"


class Migration(migrations.Migration):
    dependencies = [("rooms", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, NO_GUARD)]
