-- Replaces who may file for whom by mail, which only a province says (senders.csv in its own folder).
delete from ref.sender;
insert into ref.sender
select distinct lower(address), unit_code from seed_senders;
