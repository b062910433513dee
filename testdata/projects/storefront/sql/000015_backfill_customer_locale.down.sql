UPDATE customers SET locale = NULL WHERE locale = 'sv-SE' AND email LIKE '%.se';
