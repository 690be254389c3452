-- How many units a joint branch covers (支部工作条例 art. 5): five as a rule.
alter table organisation add column covered_units int check (covered_units between 1 and 200);
