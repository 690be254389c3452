-- How many dates are open and overdue, by rule: neither whose, nor where.
call app.show_to_city('deadline', 'county_id', 'rule', 'due_on', 'nature', 'closed_at');
