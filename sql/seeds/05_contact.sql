-- Replaces the contacts of offices, which only a province adds (contacts.csv in its own folder).
delete from ref.contact;
insert into ref.contact
select unit_code, office, agency_code, office_phone, office_email from seed_contacts;
