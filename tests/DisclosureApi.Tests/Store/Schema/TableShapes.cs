namespace DisclosureApi.Tests.Store.Schema;

/// <summary>All that hosts and operators rely on in the tables of a database, a line each, to be compared.</summary>
internal static class TableShapes
{
    public static Task<List<string>> OfAsync(TestDatabase database) => database.TextsAsync(
        """
        select * from (
            select concat_ws(' ', 'column', table_name, column_name, data_type, character_maximum_length, is_nullable, column_default, identity_generation)
            from information_schema.columns where table_schema = 'public'
            union all
            select concat_ws(' ', 'index', indexdef) from pg_indexes where schemaname = 'public'
            union all
            select concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint where connamespace = 'public'::regnamespace
            union all
            select concat_ws(' ', 'right', c.relname, a.grantee::regrole, a.privilege_type) from pg_class c, aclexplode(c.relacl) a where c.relnamespace = 'public'::regnamespace
            union all
            select concat_ws(' ', 'lock', c.relname, p.polname, p.polcmd, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
            from pg_policy p join pg_class c on c.oid = p.polrelid and c.relrowsecurity
            union all
            select concat_ws(' ', 'function', case prokind when 'a' then oid::regprocedure::text else pg_get_functiondef(oid) end) from pg_proc where pronamespace = 'public'::regnamespace
        ) as shapes (line) order by line collate "C"
        """);
}
