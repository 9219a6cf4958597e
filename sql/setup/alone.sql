-- What a night's step has at work, an upgrade waits for, and then the night for it: units that the upgrade
-- would have computed again would else be forgotten by the step that is computing.
do $$
begin
    if to_regclass('ops.night') is not null then
        lock table ops.night in exclusive mode;
    end if;
end
$$
