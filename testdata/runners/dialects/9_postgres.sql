-- ENGINE=InnoDB AUTO_INCREMENT `backticks` PRAGMA
INSERT INTO notes VALUES ('ENGINE=InnoDB `x` AUTO_INCREMENT [dbo].[a]');
UPDATE cars SET engine = memory WHERE engine = 'x';
CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN 'x'; -- `x` ENGINE=InnoDB
 END $$;
SELECT * FROM nodes JOIN cluster ON cluster.id = nodes.cluster;
LOCK TABLE notes IN SHARE MODE;
