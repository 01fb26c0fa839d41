"""What happened stays written: PostgreSQL itself refuses to change or remove an event.

Written by hand, so `make migrations` puts it aside and back. A transaction that means to remove old events, or a
test that empties its tables, names the one operation that it may do: `SET LOCAL signoff.forgets = 'DELETE'`.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION audit_event_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' AND current_setting('signoff.forgets', true) = TG_OP THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'Events are only added: % is refused.', TG_OP USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER audit_event_stays BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_stays();
CREATE TRIGGER audit_event_stays_whole BEFORE TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_stays();
"""
NO_GUARD = "DROP FUNCTION audit_event_stays() CASCADE"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, NO_GUARD)]
