import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, createPerform, createTransact, surroundings as ofService, systemActor } from '@linghang/access'
import { createAdapter, createPool } from '@linghang/database'
import type { EventData } from '@linghang/events'
import { entityOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { databaseUrl, look } from '@linghang/harness/databases'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { addDays, caseLadders, remarkCitation } from '@linghang/rulebook'
import { PrismaClient } from '../prisma/client/client.ts'
import { sendReminder } from '../src/inbox/send-reminder.ts'
import { nextReminders } from '../src/time/plan/plan.ts'
import type { Watch } from '../src/time/plan/watch.ts'
import type { NewWatch } from '../src/time/watch/new-watch.ts'
import { watchStore } from '../src/time/watch/store.ts'
import type { Tx } from '../src/work.ts'
import { tellAsOrg, today } from './requests.ts'

jest.setTimeout(180_000)

let county: County
let places: Awaited<ReturnType<typeof seedTwoCommittees>>
let secretary: Actor
let pool: ReturnType<typeof createPool>
let prisma: PrismaClient
beforeAll(async () => {
  pool = createPool(databaseUrl(surroundings(), 'workflows'), { max: 2, applicationName: 'life.test' })
  prisma = new PrismaClient({ adapter: createAdapter(pool) })
  county = await createCounty()
  places = await seedTwoCommittees(county)
  secretary = await seedActor(county, 'SECRETARY', places.a1.id)
})
afterAll(async () => {
  await prisma.$disconnect()
  await pool.end()
})

type LifeEvent = 'org.theme-day.changed.v1' | 'org.follow-up.changed.v1'
/** Lets org tell of something; once it is heard, reminds of what its workflow would remind of now. */
async function tell<T extends LifeEvent>(type: T, data: EventData<T> & { id: string; version: number }): Promise<void> {
  await tellAsOrg(county, type, data.id, data)
  const found = async () => (await look('workflows', 'select * from watch where id = $1', [data.id]))[0] ?? null
  const isNew = async () => Number((await found())?.version) >= data.version
  await until(isNew, 30_000, 'what was told is heard')
  const { subject_id: subjectId, deadlines, ladders, comes_back: comesBack } = (await found()) ?? {}
  const watch: Watch = {
    ...{ id: data.id, subjectId, countyId: county.id, version: data.version, state: 'OPEN', stage: '', round: 1 },
    ...{ announcedOn: null, opensAtMinute: 540, deadlines, ladders, comesBack },
  }
  const perform = createPerform(createTransact<Tx>(prisma), ofService, () => ({}))
  const send = sendReminder({ perform, together: { lingerMs: 5, atMost: 1 } })
  for (const { rule, dueOn, rung, week } of nextReminders(watch, Date.now(), {}).remindNow)
    await send({ countyId: county.id, subjectId, rule, dueOn, rung, week, round: 1 })
}
type Told = { rule: string; rung: string; dueOn: string }
const inboxOf = async (actor: Actor): Promise<Told[]> =>
  entityOf<{ inbox: { nodes: Told[] } }>(
    await county.world.askUntyped.workflows(
      actor,
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Me {
        inbox(first: 50) { nodes { rule rung dueOn } } } } }`,
      { refs: [{ __typename: 'Me', id: `Account:${actor.accountId}` }] },
    ),
  ).inbox.nodes
const toldOf = async (rule: string, actor = secretary) => (await inboxOf(actor)).filter(one => one.rule === rule)
const datesOf = async (id: string) =>
  (
    await look(
      'workflows',
      'select rule, due_on::text as on from deadline where watch_id = $1 and closed_at is null order by 1',
      [id],
    )
  ).map(({ rule, on }) => `${rule} ${on}`)

describe('S3-9 what is late in a branch’s life is in its secretary’s inbox, once', () => {
  test('S3-9 a theme day that was not held by the county’s day; settled, it is due no more', async () => {
    const id = randomUUID()
    const day = { id, orgId: uuidOf(places.a1.id), month: `${today.slice(0, 8)}01`, dueOn: addDays(today, -3) }
    await tell('org.theme-day.changed.v1', { ...day, isOpen: true, version: 1 })
    expect(await toldOf('THEME_DAY')).toEqual([{ rule: 'THEME_DAY', rung: 'OVERDUE', dueOn: day.dueOn }])
    for (const elsewhere of [places.a2.id, places.a.id])
      expect(await toldOf('THEME_DAY', await seedActor(county, 'SECRETARY', elsewhere))).toEqual([])
    expect(await datesOf(id)).toEqual([`THEME_DAY ${day.dueOn}`])
    await tell('org.theme-day.changed.v1', { ...day, isOpen: false, version: 2 })
    expect(await datesOf(id)).toEqual([])
  })

  test('S2-12 what was not mended by its day, and a superior’s remark with the day set for the answer; done, nothing is due', async () => {
    const followUp = { id: randomUUID(), orgId: uuidOf(places.a1.id), open: true }
    const late = addDays(today, -5)
    const dates = [
      { rule: 'CRITICISM_MEASURE', dueOn: late },
      { rule: 'REMARK_LEFT', dueOn: addDays(today, -3) },
      { rule: 'REMARK_ANSWER', dueOn: addDays(today, -4) },
      // What still has time is in nobody's inbox.
      { rule: 'CRITICISM_MEASURE', dueOn: addDays(today, 1) },
    ]
    await tell('org.follow-up.changed.v1', { ...followUp, dates, version: 1 })
    const rules = ['CRITICISM_MEASURE', 'REMARK_LEFT', 'REMARK_ANSWER']
    const told = async () => (await Promise.all(rules.map(rule => toldOf(rule)))).flat()
    expect(await told()).toEqual([
      { rule: 'CRITICISM_MEASURE', rung: 'OVERDUE', dueOn: late },
      { rule: 'REMARK_LEFT', rung: 'REACHED', dueOn: addDays(today, -3) },
      { rule: 'REMARK_ANSWER', rung: 'OVERDUE', dueOn: addDays(today, -4) },
    ])
    await tell('org.follow-up.changed.v1', { ...followUp, dates: dates.slice(0, 1), version: 2 })
    expect(await datesOf(followUp.id)).toEqual([`CRITICISM_MEASURE ${late}`])
    await tell('org.follow-up.changed.v1', { ...followUp, open: false, dates: [], version: 3 })
    expect(await datesOf(followUp.id)).toEqual([])
    expect(await told()).toHaveLength(3)
    // By when is the branch's own word, and the superior's: nobody above is told of it.
    const above = await seedActor(county, 'SECRETARY', places.a.id)
    expect(await inboxOf(above)).toEqual([])
  })
})

describe('S2-12 what two watches of one organisation name', () => {
  test('S2-12 told at once, a day is one date; closed by the one that has it, it is the other’s, and then done', async () => {
    const dueOn = addDays(today, 30)
    const orgId = uuidOf(places.a2.id)
    const watch = (id: string, version: number, isOpen: boolean): NewWatch => ({
      ...{
        id,
        version,
        isOpen,
        orgId,
        subjectId: orgId,
        subjectType: 'ORGANISATION',
        kind: 'FOLLOW_UP',
        comesBack: false,
      },
      dates: isOpen
        ? [
            {
              ...({ rule: 'REMARK_ANSWER', dueOn, nature: 'LATEST', ...remarkCitation } as const),
              ...{ office: { role: 'SECRETARY', orgId }, ladder: caseLadders.REMARK_ANSWER },
            },
          ]
        : [],
    })
    const [first, second] = [randomUUID(), randomUUID()]
    const perform = createPerform(createTransact<Tx>(prisma), ofService, () => ({}))
    const told = (...watches: NewWatch[]) =>
      perform(systemActor(county.id), ({ tx }) => watchStore.watch(tx, county.id, watches, new Map()))
    const held = async () =>
      (
        await look(
          'workflows',
          'select watch_id from deadline where subject_id = $1 and due_on = $2 and closed_at is null',
          [orgId, dueOn],
        )
      ).map(row => row.watch_id)
    await told(watch(first, 1, true), watch(second, 1, true))
    expect(await held()).toEqual([second])
    await told(watch(second, 2, false))
    expect(await held()).toEqual([first])
    await told(watch(first, 2, false))
    expect(await held()).toEqual([])
  })
})
