create table public.todo (id bigint);
create policy p on public.todo for select using (true);
