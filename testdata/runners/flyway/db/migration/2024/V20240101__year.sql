CREATE TABLE ${schema}.c (id int);
