create index concurrently todo_id_idx on public.todo (id);
