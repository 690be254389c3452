-- Where the county wants it, the committee above decides on the plans that are filed.
alter table life_settings add column plans_approved boolean not null default false;
alter table life_plan add column approval_id uuid;
alter table life_plan drop constraint life_plan_state_check;
alter table life_plan add constraint life_plan_state_check check (state in ('DRAFT', 'FILED', 'APPROVED'));
alter table life_plan drop constraint life_plan_check1;
alter table life_plan add constraint life_plan_check1 check ((state <> 'DRAFT') = (filed_at is not null));
alter table approval_request drop constraint approval_request_subject_type_check;
alter table approval_request add constraint approval_request_subject_type_check
  check (subject_type in ('Organisation', 'Election', 'LifePlan'));
