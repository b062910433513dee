CREATE TABLE ${sch	ema}.c (id int);
