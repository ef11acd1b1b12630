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
CREATE INDEX incidents_latest ON incidents (coalesce(date_start, ''), id);
CREATE INDEX incidents_killed ON incidents (coalesce(killed, -1), id);
CREATE INDEX incidents_urgent ON incidents (priority, id);
