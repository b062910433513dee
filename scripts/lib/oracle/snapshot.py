"""A server's catalog, and whimbrel's, as the same flat objects: {(kind, name): {attribute: value}}.

Objects that belong to an extension and what PostgreSQL itself brings are left out on both sides."""
import json

OWN = """n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"""
NOT_OF_EXTENSION = """NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = '%s'::regclass AND e.objid = %s AND e.deptype = 'e')"""


def named(schema, name):
    return f"quote_ident({schema}) || '.' || quote_ident({name})"


TABLE = named("n.nspname", "c.relname")
RELATIONS = f"""
SELECT {TABLE}, c.relkind, c.relpersistence, c.relrowsecurity,
       (SELECT json_agg({named('pn.nspname', 'p.relname')} ORDER BY i.inhseqno) FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent
          JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE i.inhrelid = c.oid),
       pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid),
       (SELECT json_agg(DISTINCT {named('dn.nspname', 'd.relname')}) FROM pg_rewrite w JOIN pg_depend x ON x.classid = 'pg_rewrite'::regclass
          AND x.objid = w.oid AND x.refclassid = 'pg_class'::regclass JOIN pg_class d ON d.oid = x.refobjid AND d.oid <> c.oid AND d.relkind <> 'S'
          JOIN pg_namespace dn ON dn.oid = d.relnamespace
          WHERE w.ev_class = c.oid AND w.rulename = '_RETURN' AND dn.nspname !~ '^pg_' AND dn.nspname <> 'information_schema'),
       (SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND {OWN} AND {NOT_OF_EXTENSION % ('pg_class', 'c.oid')}"""
COLUMNS = f"""
SELECT {TABLE}, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
       pg_get_expr(d.adbin, d.adrelid), CASE WHEN a.attcollation <> t.typcollation THEN l.collname END
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
LEFT JOIN pg_collation l ON l.oid = a.attcollation
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND {OWN} AND {NOT_OF_EXTENSION % ('pg_class', 'c.oid')}"""
CONSTRAINTS = f"""
SELECT {TABLE}, k.conname, k.contype, k.convalidated, pg_get_constraintdef(k.oid),
       (SELECT json_agg(a.attname ORDER BY o.i) FROM unnest(k.conkey) WITH ORDINALITY o(n, i) JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = o.n)
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE k.contype <> 't' AND {OWN} AND {NOT_OF_EXTENSION % ('pg_class', 'c.oid')}"""
INDEXES = f"""
SELECT {named('n.nspname', 'i.relname')}, {TABLE}, x.indisunique, x.indisvalid, pg_get_indexdef(i.oid)
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid JOIN pg_namespace n ON n.oid = i.relnamespace
WHERE {OWN} AND {NOT_OF_EXTENSION % ('pg_class', 'c.oid')}"""
TYPES = f"""
SELECT {named('n.nspname', 't.typname')}, t.typtype, (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid),
       format_type(t.typbasetype, t.typtypmod), t.typnotnull, pg_get_expr(t.typdefaultbin, 0),
       (SELECT json_agg(json_build_array(k.conname, k.convalidated, pg_get_expr(k.conbin, 0)) ORDER BY k.conname) FROM pg_constraint k
          WHERE k.contypid = t.oid AND k.contype = 'c'),
       (SELECT json_agg(json_build_array(a.attname, format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum) FROM pg_attribute a
          WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped)
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
WHERE {OWN} AND (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'c' AND c.relkind = 'c') AND {NOT_OF_EXTENSION % ('pg_type', 't.oid')}"""
SEQUENCES = f"""
SELECT {TABLE}, format_type(s.seqtypid, NULL), {named('tn.nspname', 't.relname')} || '.' || quote_ident(a.attname), c.relpersistence
FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
LEFT JOIN pg_class t ON t.oid = d.refobjid LEFT JOIN pg_namespace tn ON tn.oid = t.relnamespace
LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
WHERE {OWN} AND {NOT_OF_EXTENSION % ('pg_class', 'c.oid')}"""
FUNCTIONS = f"""
SELECT {named('n.nspname', 'p.proname')}, (SELECT json_agg(format_type(o.t, NULL) ORDER BY o.i) FROM unnest(p.proargtypes) WITH ORDINALITY o(t, i)), p.prokind
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.prokind IN ('f', 'p', 'w') AND {OWN} AND {NOT_OF_EXTENSION % ('pg_proc', 'p.oid')}
  AND NOT EXISTS (SELECT 1 FROM pg_depend i WHERE i.classid = 'pg_proc'::regclass AND i.objid = p.oid AND i.deptype = 'i')"""
ATTACHED = f"""
SELECT 'trigger', {TABLE}, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT t.tgisinternal AND {OWN}
UNION ALL
SELECT 'policy', {TABLE}, p.polname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {OWN}"""
SCHEMAS = f"SELECT n.nspname FROM pg_namespace n WHERE {OWN} AND {NOT_OF_EXTENSION % ('pg_namespace', 'n.oid')}"
EXTENSIONS = "SELECT extname FROM pg_extension"

KINDS = {"r": "table", "f": "table", "p": "partitioned", "v": "view", "m": "matview"}
PERSISTENCE = {"p": "permanent", "u": "unlogged", "t": "temporary"}
TYPE_KINDS = {"e": "enum", "d": "domain", "c": "composite", "r": "range"}


def listed(text):
    return json.loads(text) if text else []


def server_catalog(session, version, ignored=()):
    """What the server has, with its own text for definitions; names of tables in `ignored` are left out."""
    # attgenerated, prokind are younger than 10.
    fit = (lambda text: text) if version >= 12 else lambda text: (
        text.replace("a.attgenerated", "''").replace("p.prokind", "'f'", 1).replace("p.prokind IN ('f', 'p', 'w')", "NOT p.proisagg") if version < 11
        else text.replace("a.attgenerated", "''"))
    session.must("SET search_path = ''")
    objects = {}
    for table, kind, persistence, security, parents, key, bound, reads, columns in session.rows(RELATIONS):
        objects["table", table] = {"kind": KINDS[kind], "persistence": PERSISTENCE[persistence], "row_security": security == "t",
                                   "parents": listed(parents), "partition_by": key, "bound": bound,
                                   "reads": sorted(listed(reads)) if kind in "vm" else [], "columns": listed(columns)}
    for table, name, kind, valid, definition, columns in session.rows(CONSTRAINTS):
        if valid == "f":
            definition = definition.removesuffix(" NOT VALID")
        objects["constraint", f"{table}.{name}"] = {"kind": kind, "definition": definition, "validated": valid == "t", "table": table,
                                                    "columns": listed(columns)}
    for name, table, unique, valid, definition in session.rows(INDEXES):
        objects["index", name] = {"table": table, "unique": unique == "t", "valid": valid == "t", "definition": definition[definition.index(" USING "):]}
    for kind, table, name in session.rows(ATTACHED):
        objects[kind, f"{table}.{name}"] = {"table": table}
    session.must("SET search_path = public")
    for table, name, spelled, filled, identity, generated, expression, collation in session.rows(fit(COLUMNS)):
        objects["column", f"{table}.{name}"] = {
            "table": table, "type": spelled, "not_null": filled == "t", "identity": {"a": "always", "d": "by default"}.get(identity),
            "generated": {"s": "stored", "v": "virtual"}.get(generated), "collation": collation, "expression": expression}
    for name, kind, labels, base, filled, default, constraints, attributes in session.rows(TYPES):
        one = objects["type", name] = {"kind": TYPE_KINDS[kind]}
        if kind == "e":
            one["labels"] = listed(labels)
        elif kind == "d":
            one.update(base=base, not_null=filled == "t", default=default, constraints=listed(constraints))
        elif kind == "c":
            one["attributes"] = listed(attributes)
    for name, spelled, owner, persistence in session.rows(SEQUENCES):
        objects["sequence", name] = {"type": spelled, "owned_by": owner}
    for name, arguments, kind in session.rows(fit(FUNCTIONS)):
        objects["function", f"{name}({', '.join(listed(arguments))})"] = {"kind": "procedure" if kind == "p" else "function"}
    for (name,) in session.rows(SCHEMAS):
        objects["schema", name] = {}
    for (name,) in session.rows(EXTENSIONS):
        if name != "plpgsql":
            objects["extension", name] = {}
    return without(objects, ignored)


def whimbrel_catalog(schema, ignored=()):
    """The same from the JSON of `whimbrel schema`. Temporary objects are gone with their session."""
    objects = {}
    for table in schema["tables"]:
        name = table["name"]
        if name.startswith("pg_temp."):
            continue
        own_schema = name[:split_name(name)]
        objects["table", name] = {**{key: table[key] for key in ("kind", "persistence", "row_security", "parents", "partition_by", "bound")},
                                  "reads": sorted(table["reads"]), "columns": [column["name"] for column in table["columns"]]}
        for column in table["columns"]:
            generated = column["generated"]
            objects["column", f"{name}.{column['name']}"] = {
                "table": name, **{key: column[key] for key in ("type", "not_null", "identity")},
                "collation": column.get("collation"), "generated": generated["kind"] if generated else None, "expression": generated["expression"] if generated else column["default"]}
        for constraint in table["constraints"]:
            objects["constraint", f"{name}.{constraint['name']}"] = {
                "kind": constraint["kind"], "definition": constraint["definition"].removesuffix(" NOT VALID"), "validated": constraint["validated"],
                "table": name, "columns": [column for column in constraint["columns"] if column]}
        for index in table["indexes"]:
            definition = index["definition"]
            objects["index", own_schema + "." + quoted(index["name"])] = {
                "table": name, "unique": index["unique"], "valid": index["valid"], "definition": definition[definition.index(" USING "):]}
        for kind, key in (("trigger", "triggers"), ("policy", "policies")):
            for attached in table[key]:
                objects[kind, f"{name}.{attached}"] = {"table": name}
    for one in schema["types"]:
        if one["kind"] not in TYPE_KINDS.values() or one["name"].startswith("pg_temp."):
            continue
        objects["type", one["name"]] = {key: value for key, value in one.items() if key != "name"}
        if "constraints" in one:
            objects["type", one["name"]]["constraints"] = sorted([c["name"], c["validated"], c["expression"]] for c in one["constraints"])
        if "attributes" in one:
            objects["type", one["name"]]["attributes"] = [[a["name"], a["type"]] for a in one["attributes"]]
    for one in schema["sequences"]:
        if not one["name"].startswith("pg_temp."):
            objects["sequence", one["name"]] = {"type": one["type"], "owned_by": one["owned_by"]}
    for one in schema["functions"]:
        objects["function", f"{one['name']}({', '.join(one['arguments'])})"] = {"kind": one["kind"]}
    for name in schema["schemas"]:
        objects["schema", name] = {}
    for name in schema["extensions"]:
        if name != "plpgsql":
            objects["extension", name] = {}
    return without(objects, ignored)


def without(objects, tables):
    return {key: value for key, value in objects.items() if value.get("table", key[1]) not in tables}


def split_name(name):
    """Where the schema of a qualified name ends."""
    if name.startswith('"'):
        return name.index('".') + 1
    return name.index(".")


def quoted(name):
    plain = name and (name[0].isalpha() or name[0] == "_") and all(c.isdigit() or c == "_" or "a" <= c <= "z" for c in name)
    return name if plain else '"' + name.replace('"', '""') + '"'
