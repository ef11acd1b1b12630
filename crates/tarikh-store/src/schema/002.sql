-- What lists and maps ask for without reading the record.

ALTER TABLE incidents ADD COLUMN radius_km REAL;
ALTER TABLE incidents ADD COLUMN where_prec INTEGER;
ALTER TABLE incidents ADD COLUMN abducted INTEGER;
ALTER TABLE incidents ADD COLUMN arrested INTEGER;
ALTER TABLE incidents ADD COLUMN released INTEGER;
UPDATE incidents SET
    radius_km = json_extract(record, '$.place.radius_km'),
    where_prec = json_extract(record, '$.place.precision'),
    abducted = json_extract(record, '$.abducted'),
    arrested = json_extract(record, '$.arrested'),
    released = json_extract(record, '$.released');

-- A row holds its record, which spreads over pages: counts, points and conditions are answered from
-- an index that has every column they ask for.
DROP INDEX incidents_date;
DROP INDEX incidents_country;
DROP INDEX incidents_priority;
CREATE INDEX incidents_latest ON incidents (
    coalesce(date_start, ''), id, date_start, date_end, country, admin1, admin2, lat, lon,
    radius_km, where_prec, event_type, sub_event_type, status, review, stale, is_background,
    killed, injured, abducted, arrested, released
);
CREATE INDEX incidents_country ON incidents (
    country, coalesce(date_start, ''), id, date_start, date_end, admin1, admin2, lat, lon,
    radius_km, where_prec, event_type, sub_event_type, status, review, stale, is_background,
    killed, injured, abducted, arrested, released
);
CREATE INDEX incidents_killed ON incidents (coalesce(killed, -1), id, review, stale, is_background);
CREATE INDEX incidents_urgent ON incidents (priority, id, review, stale, is_background);

-- Decisions that group or part incidents are few, and asked for with every incident.
CREATE INDEX decisions_action ON decisions (json_extract(action, '$.do'));
CREATE INDEX decisions_who ON decisions (who);
