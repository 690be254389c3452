-- Numbers of people by kind, and how many of their dues records are complete: of no person anything.
call app.show_to_city('tally', 'county_id', 'applicants', 'activists', 'candidates', 'probationary', 'full_members', 'owing_dues', 'dues_complete');
-- A county's sum is read without its neighbours'.
create index tally_of_county on tally (county_id);
