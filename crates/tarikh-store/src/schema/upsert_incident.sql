INSERT INTO incidents
    (id, record, taken_from, decided, review, stale, priority, n_reports, n_sources,
     date_start, date_end, country, admin1, admin2, lat, lon, event_type, sub_event_type,
     status, is_background, killed, injured, confidence, radius_km,
     abducted, arrested, released, where_prec)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
        ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28)
ON CONFLICT (id) DO UPDATE SET
    record = excluded.record, taken_from = excluded.taken_from, decided = excluded.decided,
    review = excluded.review, stale = excluded.stale, priority = excluded.priority,
    n_reports = excluded.n_reports, n_sources = excluded.n_sources,
    date_start = excluded.date_start, date_end = excluded.date_end,
    country = excluded.country, admin1 = excluded.admin1, admin2 = excluded.admin2,
    lat = excluded.lat, lon = excluded.lon,
    event_type = excluded.event_type, sub_event_type = excluded.sub_event_type,
    status = excluded.status, is_background = excluded.is_background,
    killed = excluded.killed, injured = excluded.injured, confidence = excluded.confidence,
    radius_km = excluded.radius_km, abducted = excluded.abducted, arrested = excluded.arrested,
    released = excluded.released, where_prec = excluded.where_prec
RETURNING incident
