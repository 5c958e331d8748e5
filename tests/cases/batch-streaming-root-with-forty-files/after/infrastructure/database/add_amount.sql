alter table sales add column amount int;
