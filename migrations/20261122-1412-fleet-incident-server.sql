alter table fleet.incident_event drop constraint incident_event_kind_check;
alter table fleet.incident_event add constraint incident_event_kind_check
  check (kind in ('guardian', 'promotion', 'server', 'kernel', 'agent'));
