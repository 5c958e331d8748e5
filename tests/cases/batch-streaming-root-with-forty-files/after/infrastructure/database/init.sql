create table sales (id int);
