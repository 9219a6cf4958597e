-- grain: one row per correction: it waits until correction_state.sql says what came of it
update ref.correction set state = 'waiting', problem = null, seen = ''
