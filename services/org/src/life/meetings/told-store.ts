import type { AppraisalGradingState, AttendanceState } from '@linghang/events'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'

type Grades = AppraisalGradingState['grades']
/** Who came to a meeting, and what its appraisal has found, where it was one. */
export type ToldAttendance = AttendanceState & { grades: Grades | null }

export const toldStore = {
  /** Closed meetings behind one of which nobody was told who came, held until the transaction ends; some of them. */
  async untold(tx: Tx, countyId: string, after: string | null, atMost: number): Promise<string[]> {
    const { rows } = await sql<{ id: string }>`
      select m.id from meeting m
      where m.county_id = ${countyId}::uuid and m.state = 'CLOSED' and (${after}::uuid is null or m.id > ${after}::uuid)
        and not exists (select from meeting_told t where t.meeting_id = m.id)
      order by m.id limit ${atMost} for update skip locked`.execute(sqlOf(tx))
    return rows.map(({ id }) => id)
  },

  /** Who came to these meetings by their newest version, as the next version of what is told; of closed ones alone. */
  async tell(tx: Tx, countyId: string, meetingIds: readonly string[]): Promise<ToldAttendance[]> {
    const { rows } = await sql<ToldAttendance>`
      with closed as (
        select id, org_id, county_id, kind, held_on, version from meeting
        where county_id = ${countyId}::uuid and id = any (${meetingIds}::uuid[]) and state = 'CLOSED'
      ), counted as (
        insert into meeting_told (meeting_id, county_id, org_id, told) select id, county_id, org_id, 1 from closed
        on conflict (meeting_id) do update set told = meeting_told.told + 1
        returning meeting_id, told
      ), told as (
        select c.id, c.org_id, c.kind, c.held_on, c.version as of_version, n.told
        from closed c join counted n on n.meeting_id = c.id
      ), came as (
        select p.meeting_id,
          array_agg(p.member_id::text order by p.member_id) filter (where p.attendance = 'PRESENT') as present,
          array_agg(p.member_id::text order by p.member_id) filter (where p.attendance = 'LEAVE') as on_leave,
          array_agg(p.member_id::text order by p.member_id) filter (where p.attendance = 'ABSENT') as absent,
          array_agg(p.member_id::text order by p.member_id) filter (where p.late) as late,
          array_agg(p.member_id::text order by p.member_id) filter (where p.left_early) as left_early,
          array_agg(p.member_id::text order by p.member_id)
            filter (where m.confirmed and p.attendance in ('LEAVE', 'ABSENT')) as made_up,
          array_agg(p.member_id::text order by p.member_id)
            filter (where p.exception is not null and p.attendance is null) as excepted
        from told t
        join meeting_person p on p.meeting_id = t.id and p.version = t.of_version
        left join meeting_make_up m on m.meeting_id = p.meeting_id and m.member_id = p.member_id
        group by p.meeting_id
      )
      select t.id, t.org_id, t.kind, t.held_on, t.told as version,
        coalesce(c.present, '{}') as present, coalesce(c.on_leave, '{}') as on_leave, coalesce(c.absent, '{}') as absent,
        coalesce(c.late, '{}') as late, coalesce(c.left_early, '{}') as left_early, coalesce(c.made_up, '{}') as made_up,
        coalesce(c.excepted, '{}') as excepted,
        case when t.kind = 'APPRAISAL_MEETING' then coalesce((
          select jsonb_agg(jsonb_build_object('memberId', a.member_id, 'grade', a.grade) order by a.member_id)
          from member_appraisal a
          where a.meeting_id = t.id and (a.grade is not null or a.left_out_reason is not null)), '[]') end as grades
      from told t left join came c on c.meeting_id = t.id`.execute(sqlOf(tx))
    return rows
  },
}
