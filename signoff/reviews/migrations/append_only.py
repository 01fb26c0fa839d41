"""What was decided stays written: PostgreSQL itself refuses to change or remove a decision.

Written by hand, so `make migrations` puts it aside and back. As with events, a transaction that empties its tables
names the one operation that it may do; see `audit/migrations/append_only.py`.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION reviews_decision_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' AND current_setting('signoff.forgets', true) = TG_OP THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'Decisions are only added: % is refused.', TG_OP USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER reviews_decision_stays BEFORE UPDATE OR DELETE ON reviews_decision
    FOR EACH ROW EXECUTE FUNCTION reviews_decision_stays();
CREATE TRIGGER reviews_decision_stays_whole BEFORE TRUNCATE ON reviews_decision
    FOR EACH STATEMENT EXECUTE FUNCTION reviews_decision_stays();
"""
NO_GUARD = "DROP FUNCTION reviews_decision_stays() CASCADE"


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, NO_GUARD)]
