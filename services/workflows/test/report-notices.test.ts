import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { type Data, dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { until } from '@linghang/harness/until'
import { workingMoment } from '../src/time/calendar/office-hours.ts'
import { tellAsAssessment } from './requests.ts'

jest.setTimeout(120_000)

const month = '2026-11-01'
let county: County
let places: Awaited<ReturnType<typeof seedTwoCommittees>>
beforeAll(async () => {
  county = await createCounty()
  places = await seedTwoCommittees(county)
})

const made = (memberId: string | null) => ({
  ...{ id: randomUUID(), orgId: uuidOf(places.a1.id), memberId, month, version: 1 },
})
const tell = (report: ReturnType<typeof made>) =>
  tellAsAssessment(county, 'assessment.report.made.v1', report.id, report)
const inboxesOf = async (actor: Actor): Promise<Data> =>
  dataOf(
    await county.world.askUntyped.workflows(
      actor,
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Me {
        personalInbox { totalCount nodes { kind month report { id } } } inbox { totalCount nodes { rule dueOn rung } } } } }`,
      { refs: [{ __typename: 'Me', id: `Account:${actor.accountId}` }] },
    ),
  )._entities[0]

describe('S1-9 a monthly report that was made', () => {
  test('R9 is told its member once, in working hours, and nobody else', async () => {
    const report = made(randomUUID())
    await tell(report)
    await tell(report)
    const last = made(randomUUID())
    await tell(last)
    const kept = 'select shown_from from personal_reminder where id = $1'
    await until(async () => (await look('workflows', kept, [last.id])).length === 1, 30_000, 'all are heard of')
    const rows = await look('workflows', kept, [report.id])
    expect(rows.length).toBe(1)
    const shownFrom = new Date(rows[0].shown_from as string).getTime()
    expect(workingMoment(shownFrom)).toBe(shownFrom)
    await look('workflows', `update personal_reminder set shown_from = now() - interval '1 hour' where id = $1`, [
      report.id,
    ])
    const own = { ...(await seedActor(county, 'AUDITOR', places.a1.id)), grants: [], memberId: report.memberId }
    expect((await inboxesOf(own)).personalInbox).toEqual({
      totalCount: 1,
      nodes: [{ kind: 'MONTHLY_REPORT', month, report: { id: `MonthlyReport:${report.id}` } }],
    })
    const secretary = await seedActor(county, 'SECRETARY', places.a1.id)
    expect(await inboxesOf(secretary)).toMatchObject({ personalInbox: { totalCount: 0 }, inbox: { totalCount: 0 } })
  })

  test('R9 a branch’s is told its secretary once, in working hours', async () => {
    const report = made(null)
    await tell(report)
    await tell(report)
    const kept = `select id, sent_at from reminder where org_id = $1 and rule = 'MONTHLY_REPORT'`
    const rows = await until(
      async () => {
        const found = await look('workflows', kept, [report.orgId])
        return found.length > 0 ? found : null
      },
      30_000,
      'the office is told',
    )
    const last = made(randomUUID())
    await tell(last)
    await until(
      async () => (await look('workflows', 'select 1 from personal_reminder where id = $1', [last.id])).length === 1,
      30_000,
    )
    expect((await look('workflows', kept, [report.orgId])).length).toBe(1)
    const sentAt = new Date(rows[0].sent_at as string).getTime()
    expect(workingMoment(sentAt)).toBe(sentAt)
    await look('workflows', `update reminder set sent_at = now() - interval '1 hour' where id = $1`, [rows[0].id])
    const secretary = await seedActor(county, 'SECRETARY', places.a1.id)
    expect((await inboxesOf(secretary)).inbox).toEqual({
      totalCount: 1,
      nodes: [{ rule: 'MONTHLY_REPORT', dueOn: month, rung: 'TURN' }],
    })
    expect((await inboxesOf(await seedActor(county, 'SECRETARY', places.a2.id))).inbox.totalCount).toBe(0)
  })
})
