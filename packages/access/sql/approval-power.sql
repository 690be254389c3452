-- What decides whether an organisation may approve admissions (细则, art. 22 of 2014): in what kind of unit it is set up,
-- and what its superior has recorded of it; null: by the rule.
alter table org_node add column unit_kind text, add column approves boolean;
